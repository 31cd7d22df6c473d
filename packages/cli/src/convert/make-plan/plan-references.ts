import { comparisonId, type Comparison } from "../classify/evidence.ts";
import { edgesFrom, type Situation } from "../classify/situation.ts";
import type { Verdict } from "../classify/verdict.ts";
import type { Table } from "../catalog/catalog.ts";
import type { PlannedReference } from "../plan.ts";
import type { Edge } from "../classify/edge.ts";

type Verdicts = ReadonlyMap<Table, Verdict>;

/** Keys from an owned table to owned tables, itself included. */
export function ownedEdges(situation: Situation, verdicts: Verdicts, table: Table): readonly Edge[] {
  const isOwned = (each: Table): boolean => verdicts.get(each)?.way !== null && verdicts.get(each) !== undefined;
  const own = situation.edges.filter((edge) => edge.table === table && edge.parent === table);
  return isOwned(table) ? [...edgesFrom(situation, table), ...own].filter((edge) => isOwned(edge.parent)) : [];
}

/** Asks the data whether rows refer to rows of their own owner. What derives from a reference always does. */
export function comparisonOf(verdicts: Verdicts, edge: Edge): Comparison | null {
  const own = verdicts.get(edge.table)?.way?.derivation;
  if (own === undefined) return null;
  const right = {
    by: "parent",
    columns: edge.columns,
    parent: edge.parent.sql,
    parentColumns: edge.parentColumns,
  } as const;
  return JSON.stringify(own) === JSON.stringify(right) ? null : { table: edge.table.sql, left: own, right };
}

/** The keys that get a twin with the organization in it. */
export function planReferences(situation: Situation, verdicts: Verdicts, table: Table): readonly PlannedReference[] {
  return ownedEdges(situation, verdicts, table).map((edge) => {
    const comparison = comparisonOf(verdicts, edge);
    const differ = comparison === null ? 0 : (situation.evidence.agreements.get(comparisonId(comparison))?.differ ?? 0);
    const isMixed = verdicts.get(edge.parent)?.class === "mixed" && verdicts.get(table)?.class !== "mixed";
    return {
      constraint: edge.constraint,
      columns: edge.columns,
      parent: edge.parent.sql,
      parentColumns: edge.parentColumns,
      // Where no constraint stands, the application may rely on that: none is made.
      composite: edge.constraint !== null && differ === 0 && !isMixed,
    };
  });
}

/** How many of the rows looked at refer to another owner's, by reference. */
export function crossings(situation: Situation, verdicts: Verdicts, table: Table): readonly string[] {
  return ownedEdges(situation, verdicts, table).flatMap((edge) => {
    const comparison = comparisonOf(verdicts, edge);
    const found = comparison === null ? undefined : situation.evidence.agreements.get(comparisonId(comparison));
    if (found === undefined || found.differ === 0) return [];
    return [
      `${found.differ} of ${found.both} rows looked at refer by ${edge.columns.join(", ")} to a row of ${edge.parent.sql} of another owner: something is shared, and this reference gets no composite key.`,
    ];
  });
}
