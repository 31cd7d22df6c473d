import { Command, Option } from "commander";
import { phases, type PhaseName } from "../convert/plan.ts";
import { readPlan } from "../convert/plan-file/plan-file.ts";
import { readNewSettings, renderNewSettings } from "../convert/run/new-settings.ts";
import { runConversion } from "../convert/run/run-conversion.ts";
import { validateAsReached } from "../convert/validate/validate-as-reached.ts";
import { parseDatabaseUrl } from "../database/database-url.ts";
import { withInspection } from "../database/with-inspection.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly plan: string;
  readonly url?: string;
  readonly until: PhaseName;
  readonly yes?: boolean;
  readonly throttle: boolean;
  readonly patience: string;
}

export function convertRunCommand({ settings, print, report }: CommandContext): Command {
  return new Command("run")
    .description("Converts the database as the plan says, while the application works. Goes on where it stopped.")
    .requiredOption("--plan <file>", "the plan that rowhouse convert plan wrote")
    .option(
      "--url <url>",
      "the database, as a superuser or a role with BYPASSRLS that owns the tables (default: ROWHOUSE_DATABASE_URL)",
    )
    .addOption(new Option("--until <phase>", "the last phase that runs").choices([...phases]).default("hard-isolation"))
    .option("--yes", "agrees to what cannot be taken back: rows deleted, the phase contract")
    .option("--no-throttle", "fills as fast as it can; the application gets slower meanwhile")
    .option("--patience <seconds>", "how long to wait for a lock, all attempts together", "600")
    .exitOverride()
    .action(async (flags: Flags) => {
      const url = parseDatabaseUrl(flags.url ?? settings.databaseUrl, "--url");
      const plan = await readPlan(flags.plan);
      const { ran, reached } = await runConversion(url, {
        plan,
        until: flags.until,
        agreed: flags.yes === true,
        throttle: flags.throttle,
        patience: Number(flags.patience) * 1000,
        report,
        validate: (client) => validateAsReached(client, plan),
      });
      print(`${ran.length} steps ran. ${reached} is complete.`);
      if (reached !== "contract")
        print(
          `The old application works on. Way back: rowhouse convert rollback${reached === "hard-isolation" ? "; way on: --until contract --yes" : ""}`,
        );
      if (reached === "hard-isolation" || reached === "contract")
        print(await withInspection(url, async (client) => renderNewSettings(await readNewSettings(client, plan))));
    });
}
