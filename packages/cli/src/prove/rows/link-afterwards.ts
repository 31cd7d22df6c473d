import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import { isTable, type Catalog, type ForeignKey, type Relation } from "../catalog/catalog.ts";
import type { Session } from "../session.ts";
import type { MadeRow, Party, Values } from "../world.ts";
import { attemptInSavepoint } from "../attempt-in-savepoint.ts";
import { matchRow } from "./match-row.ts";
import type { Population } from "./population.ts";
import { askDeferred, columnsAsText } from "./store-row.ts";

interface Rows {
  readonly session: Session;
  readonly catalog: Catalog;
  readonly population: Population;
}

/** Points rows to parents that were not there yet when they were made: themselves, and what points back to them. */
export async function linkAfterwards(rows: Rows, party: Party): Promise<void> {
  for (const relation of rows.catalog.tenantTables.filter(isTable)) {
    for (const key of relation.foreignKeys) {
      const parent = rows.catalog.byOid.get(key.target);
      const child = rowOf(rows, party, relation);
      const target = parent === undefined ? null : rowOf(rows, party, parent);
      if (child !== null && target !== null) await link(rows, party, { key, child, target });
    }
  }
}

async function link(
  { session, population }: Rows,
  party: Party,
  { key, child, target }: { key: ForeignKey; child: MadeRow; target: MadeRow },
): Promise<void> {
  const missing = key.columns.flatMap((name, index) => {
    const value = target.values[key.targetColumns[index] ?? ""] ?? null;
    return child.values[name] === null ? [{ name, value }] : [];
  });
  if (missing.length === 0) return;
  const assignments = missing.map(({ name }, index) => `${pg.escapeIdentifier(name)} = $${index + 1}`);
  const { where, values } = matchRow(child, missing.length + 1);
  // A check or a trigger may not want it: then the row stays as it is.
  const changed = await attemptInSavepoint(session, async () => {
    const answer = await session.query(
      `update ${child.relation.sql} set ${assignments.join(", ")} where ${where} returning ${columnsAsText(child.relation)}`,
      [...missing.map(({ value }) => value), ...values],
    );
    await askDeferred(session);
    return answer;
  });
  if (!(changed instanceof Error) && changed.rows[0] !== undefined)
    population.replace(party, child.relation, changed.rows[0] as Values);
}

function rowOf({ population }: Rows, party: Party, relation: Relation): MadeRow | null {
  try {
    return population.row(party, relation);
  } catch (error) {
    if (error instanceof CannotTell) return null;
    throw error;
  }
}
