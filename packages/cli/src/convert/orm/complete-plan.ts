import type { ClientBase } from "pg";
import { withInspection } from "../../database/with-inspection.ts";
import { planPhases } from "../phases/plan-steps.ts";
import type { Plan } from "../plan.ts";
import { assertRunnable } from "../run/check-plan.ts";
import { findConversion, hasLedger } from "../run/ledger.ts";
import { readSchema } from "../run/read-schema.ts";

/**
 * A plan as it is read holds no statements: they are made from the database, as it was when the conversion began. Without one the names of
 * the new keys are not known, nor what becomes of foreign keys.
 *
 * @throws RowhouseError CONVERSION_REFUSED for a plan that could not run there; DATABASE_UNREACHABLE
 */
export async function completePlan(plan: Plan, url: string | undefined): Promise<{ plan: Plan; notes: string[] }> {
  if (url === undefined)
    return {
      plan,
      notes: [
        "No --url was given, so the new keys have no names of the database, and its foreign keys are not looked at.",
      ],
    };
  return withInspection(url, async (client) => {
    const schema = (await convertedSchema(client)) ?? (await readSchema(client));
    assertRunnable(plan, schema);
    return { plan: { ...plan, phases: planPhases(plan, schema) }, notes: [] };
  });
}

async function convertedSchema(client: ClientBase) {
  return (await hasLedger(client)) ? (await findConversion(client))?.schema : undefined;
}
