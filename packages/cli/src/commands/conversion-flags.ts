import type { Command } from "commander";

/** Which database's conversion is meant. */
export interface ConversionFlags {
  readonly url?: string;
  readonly plan?: string;
}

export function addConversionFlags(command: Command): Command {
  return command
    .option("--plan <file>", "not needed: the plan was kept when the run began")
    .option("--url <url>", "the database, as a superuser or a role with BYPASSRLS; by default ROWHOUSE_DATABASE_URL");
}
