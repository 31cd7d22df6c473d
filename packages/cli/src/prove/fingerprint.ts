import pg from "pg";
import { CannotTell } from "../doctor/cannot-tell.ts";
import type { Place } from "./attack.ts";
import { isTable, type Relation } from "./catalog/catalog.ts";
import { matchRow } from "./rows/match-row.ts";
import type { Value } from "./session.ts";

/** Which versions of rows a tenant has, by table, past row security. What differs was inserted, changed or deleted in between. */
export async function fingerprint(place: Place): Promise<ReadonlyMap<string, string>> {
  const parts: string[] = [];
  const values: Value[] = [];
  for (const relation of place.catalog.tenantTables.filter(isTable)) {
    const condition = ofTarget(place, relation, values.length + 1);
    if (condition === null) continue;
    values.push(...condition.values);
    parts.push(
      `select ${pg.escapeLiteral(relation.sql)} as name, concat(count(*), ' ', sum(hashtextextended(concat(tableoid, ctid, xmin), 0))) as mark
       from ${relation.sql} where ${condition.where}`,
    );
  }
  const { rows } = await place.look(parts.join("\nunion all\n"), values);
  return new Map(rows.map(({ name, mark }) => [String(name), String(mark)]));
}

/** The tables where two fingerprints differ. */
export function changedBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...before].filter(([name, mark]) => after.get(name) !== mark).map(([name]) => name);
}

function ofTarget(
  { row, target }: Place,
  relation: Relation,
  first: number,
): { where: string; values: readonly Value[] } | null {
  if (relation.tenantColumn !== null)
    return {
      where: `${pg.escapeIdentifier(relation.tenantColumn)}::text = $${first}`,
      values: [target.organizationId],
    };
  try {
    return matchRow(row(target, relation), first);
  } catch (error) {
    if (error instanceof CannotTell) return null;
    throw error;
  }
}
