import { Command, Option } from "commander";
import type pg from "pg";
import { withInspection } from "../database/with-inspection.ts";
import type { Casing } from "../convert/drizzle/drizzle-tables.ts";
import { readDrizzleSchema } from "../convert/drizzle/read-drizzle-schema.ts";
import { makePlan, type PlanWishes } from "../convert/make-plan/make-plan.ts";
import { planPhases } from "../convert/phases/plan-steps.ts";
import type { Plan } from "../convert/plan.ts";
import { renderPlan } from "../convert/plan-file/render-plan.ts";
import { writePlan } from "../convert/plan-file/plan-file.ts";
import { readPrismaSchema } from "../convert/prisma/read-prisma-schema.ts";
import { readSchema } from "../convert/run/read-schema.ts";
import { casingOption } from "./casing-option.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly url?: string;
  readonly usersTable?: string;
  readonly column?: string;
  readonly applicationRole?: string;
  readonly lazy?: boolean;
  readonly stripeCustomer?: string;
  readonly prisma?: string;
  readonly drizzle?: string;
  readonly casing: Casing;
  readonly out?: string;
  readonly format: "text" | "json";
}

export function convertPlanCommand({ settings, print }: CommandContext): Command {
  return new Command("plan")
    .description("Says what each table would become, and why. Reads only.")
    .option("--url <url>", "the database, as a role that may read every table (default: ROWHOUSE_DATABASE_URL)")
    .option("--users-table <table>", "the table whose rows log in; looked for where it is not said")
    .option("--column <name>", "the new column (default: organization_id)")
    .option("--application-role <role>", "the role that the application connects as today")
    .option("--lazy", "organizations are made when first needed, not for every user at once")
    .option("--stripe-customer <table.column>", "where a user's customer at Stripe is kept")
    .option("--prisma <file>", "a Prisma schema, for relations that the database has no keys for")
    .option("--drizzle <file>", "a Drizzle schema, for the same")
    .addOption(casingOption())
    .option("--out <file>", "write the plan to this file, for a person to read and edit, and for run")
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .exitOverride()
    .action(async (flags: Flags) => {
      const relations = [
        ...(flags.prisma === undefined ? [] : await readPrismaSchema(flags.prisma)),
        ...(flags.drizzle === undefined ? [] : await readDrizzleSchema(flags.drizzle, flags.casing)),
      ];
      const plan = await withInspection(flags.url ?? settings.databaseUrl, (client) =>
        planWith(client, { ...flags, lazy: flags.lazy === true, relations }),
      );
      if (flags.out !== undefined) await writePlan(flags.out, plan);
      print(flags.format === "json" ? JSON.stringify(plan, null, 2) : renderPlan(plan, flags.out));
    });
}

/** The plan with what would be done, for a person to read. */
async function planWith(client: pg.Client, wishes: PlanWishes): Promise<Plan> {
  const { plan } = await makePlan(client, wishes);
  return { ...plan, phases: planPhases(plan, await readSchema(client)) };
}
