import type pg from "pg";
import { phases, type PhaseName, type Plan } from "../plan.ts";
import type { ConversionFinding } from "./conversion-finding.ts";

/** One look at a database that is being converted; all rules see the same state of it. */
export interface Validation {
  readonly client: pg.ClientBase;
  readonly plan: Plan;
  /** The last phase that was finished. */
  readonly reached: PhaseName;
  /** The roles that serve tenants after the conversion. */
  readonly runtimeRole: string;
}

export function hasReached({ reached }: Pick<Validation, "reached">, phase: PhaseName): boolean {
  return phases.indexOf(reached) >= phases.indexOf(phase);
}

/**
 * Until rows are isolated only the old application writes, so that everything must be as it says. From then on the new one may invite
 * members and write rows that no user column describes: what was there before must still hold, what is new is not judged by it.
 */
export function isStrict(validation: Pick<Validation, "reached">): boolean {
  return !hasReached(validation, "hard-isolation");
}

/** What a rule's statement counts, with some of it by name. */
export interface Counted {
  readonly count: number;
  readonly sample: readonly string[];
}

export const sampleSize = 3;

/** Runs a query that gives a column `label` for each thing that is wrong. */
export async function countLabels({ client }: Validation, query: string, values: unknown[] = []): Promise<Counted> {
  const { rows } = await client.query<{ count: number; sample: string[] | null }>(
    `with wrong as materialized (${query})
     select (select count(*)::integer from wrong) as count,
       (select array_agg(label::text order by label::text) from (select label from wrong limit ${sampleSize}) few) as sample`,
    values,
  );
  return { count: rows[0]?.count ?? 0, sample: rows[0]?.sample ?? [] };
}

/** A finding of what was counted, or none. */
export function findingsOf(
  counted: Counted,
  about: Pick<ConversionFinding, "rule" | "table" | "detail">,
): ConversionFinding[] {
  return counted.count === 0 ? [] : [{ ...about, ...counted }];
}
