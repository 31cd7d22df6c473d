/** One value of an event: what it was and what it became. `undefined` is a value that was not there. */
export interface ChangeLine {
  /** Its name; parts of nested values are joined by dots. */
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

type Values = Readonly<Record<string, unknown>> | null;

/** What an event changed, value by value, in the order in which the values were recorded. Equal ones are left out. */
export function changeLines(before: Values, after: Values): ChangeLine[] {
  const [old, young] = [flatten(before ?? {}), flatten(after ?? {})];
  const names = new Set([...old.keys(), ...young.keys()]);
  return [...names].flatMap((name) => {
    const line = { name, before: old.get(name), after: young.get(name) };
    return line.before === line.after ? [] : [line];
  });
}

function flatten(values: Readonly<Record<string, unknown>>, prefix = ""): Map<string, string> {
  const lines = Object.entries(values).flatMap(([name, value]): [string, string][] =>
    isRecord(value) && Object.keys(value).length > 0
      ? [...flatten(value, `${prefix}${name}.`)]
      : [[`${prefix}${name}`, show(value)]],
  );
  return new Map(lines);
}

function show(value: unknown): string {
  if (typeof value === "string") return value === "" ? "“”" : value;
  if (value === null || value === undefined) return "—";
  if (Array.isArray(value) && value.length === 0) return "—";
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
