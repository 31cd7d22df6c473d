import { Command, Option } from "commander";
import { RowhouseError } from "rowhouse";
import { withClient } from "../database/with-throw-away-copy.ts";
import { findConversion, hasLedger } from "../convert/run/ledger.ts";
import { renderFindings } from "../convert/validate/render-findings.ts";
import { readReachedPhase, validateAsReached } from "../convert/validate/validate-as-reached.ts";
import { addConversionFlags, type ConversionFlags } from "./conversion-flags.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags extends ConversionFlags {
  readonly format: "text" | "json";
}

export function convertValidateCommand({ settings, print, fail }: CommandContext): Command {
  const command = new Command("validate").description(
    "Compares a database that is being converted with its plan. Reads only. Ends with 1 when something is wrong.",
  );
  return addConversionFlags(command)
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .exitOverride()
    .action(async (flags: Flags) => {
      const { reached, findings } = await withClient(flags.url ?? settings.databaseUrl, async (client) => {
        const conversion = (await hasLedger(client)) ? await findConversion(client) : undefined;
        if (conversion === undefined)
          throw new RowhouseError(
            "NOT_FOUND",
            "No conversion has begun in this database. Begin it with rowhouse convert run, or name another with --url.",
          );
        const reached = await readReachedPhase(client, conversion);
        return { reached, findings: await validateAsReached(client, conversion.plan) };
      });
      if (flags.format === "json") print(JSON.stringify({ reached, findings }, undefined, 2));
      else
        print(
          findings.length > 0
            ? renderFindings(findings).join("\n")
            : `Nothing is wrong after ${reached === null ? "no phase at all" : `the phase ${reached}`}.`,
        );
      if (findings.length > 0) fail();
    });
}
