import { Command } from "commander";
import type { Casing } from "../convert/drizzle/drizzle-tables.ts";
import { drizzleFiles } from "../convert/drizzle/read-drizzle-schema.ts";
import { rewriteDrizzleSchema } from "../convert/drizzle/rewrite-drizzle-schema.ts";
import { writeBeside } from "../convert/orm/write-beside.ts";
import { readSourceFiles } from "../convert/orm/read-source-files.ts";
import { completePlan } from "../convert/orm/complete-plan.ts";
import { readPlan } from "../convert/plan-file/plan-file.ts";
import { casingOption } from "./casing-option.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly plan: string;
  readonly url?: string;
  readonly drizzle: string;
  readonly casing: Casing;
  readonly out?: string;
}

export function convertDrizzleCommand({ settings, print }: CommandContext): Command {
  return new Command("drizzle")
    .description(
      "Writes the Drizzle schema of the converted database beside the one that there is, and says what is left to write by hand.",
    )
    .requiredOption("--plan <file>", "the plan of the conversion")
    .requiredOption("--drizzle <path>", "schema.ts, or the folder of its files")
    .addOption(casingOption())
    .option("--url <url>", "the database, for the names of its keys (default: ROWHOUSE_DATABASE_URL)")
    .option("--out <path>", "where to write; by default schema.rowhouse.ts beside it")
    .exitOverride()
    .action(async (flags: Flags) => {
      const { plan, notes: unknown } = await completePlan(
        await readPlan(flags.plan),
        flags.url ?? settings.databaseUrl,
      );
      const files = await readSourceFiles(flags.drizzle, drizzleFiles);
      const { files: rewritten, changed, byHand } = rewriteDrizzleSchema(files, plan, flags.casing);
      const out = await writeBeside(flags.drizzle, rewritten, flags.out);
      const tables = `${changed.length} table${changed.length === 1 ? "" : "s"} changed: ${changed.join(", ") || "none"}.`;
      const left = byHand.length === 0 ? [] : ["Left to write by hand:", ...byHand.map((line) => `  ${line}`)];
      print([...unknown, tables, `Written: ${out}`, ...left].join("\n"));
    });
}
