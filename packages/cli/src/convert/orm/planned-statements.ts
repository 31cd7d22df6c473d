import { hasSqlDetails, loadModule, parseSync, type Node } from "libpg-query";
import type { PhaseName, Plan } from "../plan.ts";

await loadModule();

const known = new WeakMap<Plan, ReadonlyMap<PhaseName, readonly Node[]>>();

/** The statements of a phase that change tables and indexes, parsed: once a plan, since every table of a schema asks. */
export function plannedStatements(plan: Plan, phase: PhaseName): readonly Node[] {
  const parsed =
    known.get(plan) ?? new Map(plan.phases.map(({ name, statements }) => [name, statements.flatMap(parse)]));
  known.set(plan, parsed);
  return parsed.get(phase) ?? [];
}

/** What is for a person to read may hold more than a statement that parses. */
function parse({ sql }: { readonly sql: string }): readonly Node[] {
  if (!/^\s*(alter table|create (unique )?index)\b/i.test(sql)) return [];
  try {
    return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return [];
  }
}
