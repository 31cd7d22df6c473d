import type { Command } from "commander";

/** Which database's conversion is meant. */
export interface ConversionFlags {
  readonly url?: string;
}

export function addConversionFlags(command: Command): Command {
  return command.option(
    "--url <url>",
    "the database, as a superuser or a role with BYPASSRLS; by default ROWHOUSE_DATABASE_URL",
  );
}
