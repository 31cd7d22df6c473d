import { Command } from "commander";
import { readSourceFiles } from "../convert/orm/read-source-files.ts";
import { writeBeside } from "../convert/orm/write-beside.ts";
import { completePlan } from "../convert/orm/complete-plan.ts";
import { readPlan } from "../convert/plan-file/plan-file.ts";
import { rewritePrismaSchema } from "../convert/prisma/rewrite-prisma-schema.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly plan: string;
  readonly url?: string;
  readonly prisma: string;
  readonly out?: string;
}

export function convertPrismaCommand({ settings, print }: CommandContext): Command {
  return new Command("prisma")
    .description("Writes the Prisma schema of the converted database beside the one that there is.")
    .requiredOption("--plan <file>", "the plan of the conversion")
    .requiredOption("--prisma <path>", "schema.prisma, or the folder of its files")
    .option("--url <url>", "the database, for the names of its keys (default: ROWHOUSE_DATABASE_URL)")
    .option("--out <path>", "where to write; by default schema.rowhouse.prisma beside it")
    .exitOverride()
    .action(async (flags: Flags) => {
      const { plan, notes: unknown } = await completePlan(
        await readPlan(flags.plan),
        flags.url ?? settings.databaseUrl,
      );
      const files = await readSourceFiles(flags.prisma, { flag: "--prisma", name: /\.prisma$/ });
      const { files: rewritten, changed, notes } = rewritePrismaSchema(files, plan);
      const out = await writeBeside(flags.prisma, rewritten, flags.out);
      const models = `${changed.length} model${changed.length === 1 ? "" : "s"} changed: ${changed.join(", ") || "none"}.`;
      print([...unknown, ...notes, models, `Written: ${out}`].join("\n"));
    });
}
