import { Command, Option } from "commander";
import { readStatus } from "../convert/run/read-status.ts";
import { renderStatus } from "../convert/run/render-status.ts";
import { withInspection } from "../database/with-inspection.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly url?: string;
  readonly plan?: string;
  readonly format: "text" | "json";
}

export function convertStatusCommand({ settings, print }: CommandContext): Command {
  return new Command("status")
    .description("Says how far a conversion is, and what it waits for.")
    .option("--plan <file>", "not needed: the plan was kept when the run began")
    .option("--url <url>", "the database (default: ROWHOUSE_DATABASE_URL)")
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .exitOverride()
    .action(async (flags: Flags) => {
      const status = await withInspection(flags.url ?? settings.databaseUrl, readStatus);
      if (status === undefined)
        return print(flags.format === "json" ? "null" : "No conversion was begun in this database.");
      print(flags.format === "json" ? JSON.stringify(status, null, 2) : renderStatus(status));
    });
}
