import type pg from "pg";
import { planSteps } from "../phases/plan-steps.ts";
import { phases, type PhaseName, type Plan } from "../plan.ts";
import { findConversion, hasLedger, readLines, type Conversion } from "../run/ledger.ts";
import type { ConversionFinding } from "./conversion-finding.ts";
import { validateConversion } from "./validate-conversion.ts";

/** Validates as far as the conversion has come; before its first phase has ended nothing can be wrong. */
export async function validateAsReached(client: pg.ClientBase, plan: Plan): Promise<ConversionFinding[]> {
  const conversion = (await hasLedger(client)) ? await findConversion(client) : undefined;
  const reached = conversion === undefined ? null : await readReachedPhase(client, { ...conversion, plan });
  return reached === null ? [] : validateConversion(client, plan, { reached });
}

/** The last phase of which, and of all before it, every step is done. */
export async function readReachedPhase(client: pg.ClientBase, { plan, schema }: Conversion): Promise<PhaseName | null> {
  const lines = await readLines(client);
  const done = new Set(lines.filter(({ state }) => state === "done").map(({ id }) => id));
  const begun = new Set(lines.map(({ phase }) => phase));
  const open = planSteps(plan, schema).find(({ id }) => !done.has(id));
  const finished = open === undefined ? phases : phases.slice(0, phases.indexOf(open.phase));
  // A phase that has no steps for this plan is reached with the one before it, not by itself.
  return finished.findLast((phase) => begun.has(phase)) ?? null;
}
