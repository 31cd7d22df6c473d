import { Command } from "commander";
import { readSourceFiles } from "../convert/orm/read-source-files.ts";
import { writeBeside } from "../convert/orm/write-beside.ts";
import { readPlan } from "../convert/plan-file/plan-file.ts";
import { rewritePrismaSchema } from "../convert/prisma/rewrite-prisma-schema.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly plan: string;
  readonly prisma: string;
  readonly out?: string;
}

export function convertPrismaCommand({ print }: CommandContext): Command {
  return new Command("prisma")
    .description("Writes the Prisma schema of the converted database beside the one that there is.")
    .requiredOption("--plan <file>", "the plan of the conversion")
    .requiredOption("--prisma <path>", "schema.prisma, or the folder of its files")
    .option("--out <path>", "where to write; by default schema.rowhouse.prisma beside it")
    .exitOverride()
    .action(async (flags: Flags) => {
      const plan = await readPlan(flags.plan);
      const files = await readSourceFiles(flags.prisma, { flag: "--prisma", name: /\.prisma$/ });
      const { files: rewritten, changed, notes } = rewritePrismaSchema(files, plan);
      const out = await writeBeside(flags.prisma, rewritten, flags.out);
      const models = `${changed.length} model${changed.length === 1 ? "" : "s"} changed: ${changed.join(", ") || "none"}.`;
      print([...notes, models, `Written: ${out}`].join("\n"));
    });
}
