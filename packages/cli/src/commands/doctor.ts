import { Command, Option } from "commander";
import { withInspection } from "../database/with-inspection.ts";
import { askWhereUnsure } from "../doctor/ask-where-unsure.ts";
import { readBaseline, writeBaseline } from "../doctor/baseline.ts";
import { levels, type Level } from "../doctor/check-page.ts";
import { findSubject } from "../doctor/find-subject.ts";
import { loadChecks } from "../doctor/load-checks.ts";
import { renderFixes } from "../doctor/render-fixes.ts";
import { atLeast, formats, renderReport, type Format } from "../doctor/render-report.ts";
import { runDoctor } from "../doctor/run-doctor.ts";
import type { CommandContext } from "./command-context.ts";
import { addSubjectFlags, informantOf, type SubjectFlags } from "./subject-flags.ts";

interface Flags extends SubjectFlags {
  readonly format: Format;
  readonly minLevel: Level;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
}

export function doctorCommand({ settings, print, ask, fail }: CommandContext): Command {
  const command = new Command("doctor").description(
    "Looks for ways in which tenants of a Postgres database can reach each other. Reads only. Ends with 1 when it finds one.",
  );
  return addSubjectFlags(command, "whatever role may read the catalog")
    .addOption(new Option("--format <format>", "how to print").choices([...formats]).default("text"))
    .addOption(
      new Option("--min-level <level>", "the lightest findings to print and to end with 1 for")
        .choices([...levels])
        .default("warn"),
    )
    .option("--baseline <file>", "findings in this file are known, and left out")
    .option("--write-baseline <file>", "write what is found to a baseline, and end with 0")
    .option("--fix", "print the SQL that mends what was found; it is never run")
    .exitOverride()
    .action(async (flags: Flags) => {
      // Whoever writes a baseline anew writes all that is there, what was known before included.
      const isKnown = flags.baseline !== undefined && flags.writeBaseline === undefined;
      const known = isKnown ? await readBaseline(flags.baseline) : new Set<string>();
      const checks = await loadChecks();
      const { report, guesses } = await askWhereUnsure(informantOf(flags, ask), (given) =>
        withInspection(flags.url ?? settings.databaseUrl, async (client) => {
          const { subject, guesses } = await findSubject(client, given);
          return { guesses, report: await runDoctor(client, { checks, subject, known }) };
        }),
      );
      const shown = { ...report, findings: atLeast(report.findings, flags.minLevel) };
      if (flags.writeBaseline !== undefined) {
        await writeBaseline(flags.writeBaseline, report.findings);
        return print(`${report.findings.length} findings are known from now on: ${flags.writeBaseline}`);
      }
      print(flags.fix === true ? renderFixes(shown, checks) : renderReport(shown, flags.format, guesses));
      if (shown.findings.length > 0) fail();
    });
}
