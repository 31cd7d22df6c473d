import type { Table } from "../catalog/catalog.ts";
import { countRows } from "./evidence.ts";
import { caseId, casesOf, findPairs, valuesOf } from "./find-polymorphic.ts";
import { edgesFrom, sampleOf, type Situation } from "./situation.ts";
import { stepOf, type Way } from "./way.ts";

/** More rows without a counterpart than this share, and the value means another table. */
const tolerated = 0.3;

/** The way through a column that says which table another points to; null where there is none, or no value is understood. */
export function polymorphicWay(situation: Situation, table: Table, isOwned: (parent: Table) => boolean): Way | null {
  const sample = sampleOf(situation, table);
  const keys = edgesFrom(situation, table).filter(({ source }) => source === "key");
  for (const pair of findPairs(table, keys)) {
    const values = valuesOf(pair, sample);
    const rows = countRows(sample, [pair.typeColumn, pair.idColumn], (set) => set === 2) ?? 0;
    const cases = casesOf(pair, sample, situation.catalog.tables).filter(
      (each) => isOwned(each.edge.parent) && (sample?.missing.get(caseId(pair, each)) ?? 0) <= rows * tolerated,
    );
    const [first] = cases;
    if (first === undefined) continue;
    const unknown = values.filter((value) => !cases.some((each) => each.value === value));
    const seen = sample?.values.get(pair.typeColumn) ?? [];
    const lost = seen.reduce((sum, { value, count }) => sum + (unknown.includes(value) ? count : 0), 0);
    return {
      derivation: {
        by: "polymorphic",
        typeColumn: pair.typeColumn,
        idColumn: pair.idColumn,
        cases: cases.map(({ value, edge }) => ({
          value,
          parent: edge.parent.sql,
          parentColumn: edge.parentColumns[0] ?? "",
        })),
      },
      step: stepOf(first.edge),
      next: first.edge.parent,
      confidence: (rows > 0 ? 0.9 : 0.78) * (lost * 2 > rows ? 0.7 : lost > 0 ? 0.9 : 1),
      reason: `${pair.typeColumn} says which table ${pair.idColumn} points to: ${cases.map(({ value }) => value).join(", ")}.${unknown.length === 0 ? "" : ` No organization is found for: ${unknown.join(", ")}.`}`,
      optional: pair.notNull ? [] : [pair.idColumn],
      lost,
    };
  }
  return null;
}
