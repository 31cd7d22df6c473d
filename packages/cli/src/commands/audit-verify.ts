import { Command } from "commander";
import { renderJson, renderText } from "../audit/render-report.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { openDatabase } from "../database/open-database.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly databaseUrl?: string;
  readonly organization?: string;
  readonly expect?: string;
  readonly independent?: boolean;
  readonly json?: boolean;
}

export function auditVerifyCommand({ settings, print, fail }: CommandContext): Command {
  return new Command("verify")
    .description("Finds an event that was edited, removed or moved. Ends with 1 when there is one.")
    .option("--database-url <url>", "as the operator or an administrator; by default ROWHOUSE_DATABASE_URL")
    .option("--organization <slug>", "one organization, by its slug or id; by default all")
    .option("--expect <head>", "a head that an earlier run printed: it must still be part of the chain")
    .option("--independent", "compute the hashes here and trust no function of the database")
    .option("--json", "print JSON")
    .exitOverride()
    .action(async (flags: Flags) => {
      await using database = await openDatabase(flags.databaseUrl ?? settings.databaseUrl);
      const report = await verifyAudit(database.db, {
        organization: flags.organization,
        expect: flags.expect,
        hashedBy: flags.independent === true ? "process" : "database",
      });
      print(flags.json === true ? renderJson(report) : renderText(report));
      if (!report.ok) fail();
    });
}
