/** The time zones to choose from, UTC first. */
export function timeZones(): readonly string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((name) => name !== "UTC")];
}

let known: ReadonlySet<string> | undefined;

/** Asked with each request that reads a setting, so the list is made once. */
export function isTimeZone(name: string): boolean {
  return (known ??= new Set(timeZones())).has(name);
}
