/** What the environment says; a flag of the same meaning goes first. */
export interface CliSettings {
  /** `ROWHOUSE_DATABASE_URL`: kept out of the list of processes, where a flag can be read by others. */
  readonly databaseUrl: string | undefined;
  /** `DEBUG` is set: errors come with their stack. */
  readonly showStacks: boolean;
}

/** The only reader of the environment in this package. An empty variable is one that is not set. */
export function readSettings(): CliSettings {
  const { ROWHOUSE_DATABASE_URL, DEBUG } = process.env;
  return Object.freeze({ databaseUrl: ROWHOUSE_DATABASE_URL || undefined, showStacks: Boolean(DEBUG) });
}
