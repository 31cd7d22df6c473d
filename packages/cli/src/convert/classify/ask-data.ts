import type { Table } from "../catalog/catalog.ts";
import type { Edge } from "./edge.ts";
import { comparisonId, type Agreement, type Comparison } from "./evidence.ts";
import type { Situation } from "./situation.ts";
import { derivationOf } from "./way.ts";

interface Asking {
  readonly situation: Situation;
  readonly table: Table;
  readonly wanted: Comparison[];
}

/** Asks the data whether two ways lead to the same owner: what is known already, and that it is wanted. */
export function askData({ situation, table, wanted }: Asking, left: Edge, right: Edge): Agreement | undefined {
  const comparison = { table: table.sql, left: derivationOf(situation, left), right: derivationOf(situation, right) };
  wanted.push(comparison);
  return situation.evidence.agreements.get(comparisonId(comparison));
}
