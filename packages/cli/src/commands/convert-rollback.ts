import { Command, Option } from "commander";
import { phases, type PhaseName } from "../convert/plan.ts";
import { rollBack } from "../convert/run/roll-back.ts";
import { parseDatabaseUrl } from "../database/database-url.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly url?: string;
  readonly plan?: string;
  readonly to?: PhaseName;
  readonly forget?: boolean;
  readonly patience: string;
}

export function convertRollbackCommand({ settings, print, report }: CommandContext): Command {
  return new Command("rollback")
    .description(
      "Undoes a conversion, or its last phases, while the application works. Rows that were written since stay.",
    )
    .option("--plan <file>", "not needed: what undoes a step was kept when it ran")
    .option("--url <url>", "the database, as the role that converts it (default: ROWHOUSE_DATABASE_URL)")
    .addOption(new Option("--to <phase>", "the last phase that stays (default: none)").choices([...phases]))
    .option("--forget", "after all is undone, drops the ledger and the mapping of users to organizations too")
    .option("--patience <seconds>", "how long to wait for a lock, all attempts together", "600")
    .exitOverride()
    .action(async (flags: Flags) => {
      const url = parseDatabaseUrl(flags.url ?? settings.databaseUrl, "--url");
      const undone = await rollBack(url, {
        to: flags.to,
        forget: flags.forget === true,
        patience: Number(flags.patience) * 1000,
        report,
      });
      print(undone.length === 0 ? "There was nothing to undo." : `${undone.length} steps were undone.`);
    });
}
