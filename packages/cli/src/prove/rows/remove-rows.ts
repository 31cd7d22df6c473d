import pg from "pg";
import { isTable, type Catalog, type Relation } from "../catalog/catalog.ts";
import type { Session } from "../session.ts";
import type { Party } from "../world.ts";
import { attemptInSavepoint } from "../attempt-in-savepoint.ts";

/** Takes every row of a party out of every table, by the tenant column, or by the parents that a row hangs on. */
export async function removeRows(
  session: Session,
  catalog: Catalog,
  { party, canReplicate }: { party: Party; canReplicate: boolean },
): Promise<void> {
  const tenantTables = catalog.tenantTables.filter(isTable);
  // Rows of partitions and of inheriting tables go with those of the whole.
  const tables = tenantTables.filter(({ parents }) => !tenantTables.some(({ oid }) => parents.includes(oid)));
  const statements = childrenFirst(tables, catalog).flatMap((relation) => {
    const condition = belongsTo(catalog, relation, []);
    return condition === null ? [] : [`delete from ${relation.sql} where ${condition}`];
  });
  if (canReplicate) await session.run("set local session_replication_role = replica");
  let left: readonly string[] = statements;
  while (left.length > 0) {
    const refused: string[] = [];
    let reason: Error | null = null;
    for (const statement of left) {
      const answer = await attemptInSavepoint(session, () => session.query(statement, [party.organizationId]));
      if (!(answer instanceof Error)) continue;
      refused.push(statement);
      reason = answer;
    }
    // Where constraints have their say, what others point to goes later.
    if (refused.length === left.length && reason !== null) throw reason;
    left = refused;
  }
  if (canReplicate) await session.run("set local session_replication_role = origin");
}

/** A condition on a table's rows that they are the organization's in $1; `null` when nothing says whose they are. */
function belongsTo(catalog: Catalog, relation: Relation, path: readonly Relation[]): string | null {
  if (relation.tenantColumn !== null) return `${relation.sql}.${pg.escapeIdentifier(relation.tenantColumn)}::text = $1`;
  const tenantTables = catalog.tenantTables;
  const ways = relation.foreignKeys.flatMap(({ target, columns, targetColumns }) => {
    const parent = tenantTables.find(({ oid }) => oid === target);
    if (parent === undefined || parent === relation || path.includes(parent)) return [];
    const condition = belongsTo(catalog, parent, [...path, relation]);
    if (condition === null) return [];
    const own = columns.map((name) => `${relation.sql}.${pg.escapeIdentifier(name)}`).join(", ");
    const theirs = targetColumns.map((name) => `${parent.sql}.${pg.escapeIdentifier(name)}`).join(", ");
    return [`(${own}) in (select ${theirs} from ${parent.sql} where ${condition})`];
  });
  return ways.length === 0 ? null : `(${ways.join(" or ")})`;
}

/** What hangs on others goes before them, since they tell whose it is. */
function childrenFirst(tables: readonly Relation[], { byOid }: Catalog): readonly Relation[] {
  const ordered = new Set<Relation>();
  const visited = new Set<Relation>();
  const visit = (relation: Relation): void => {
    if (visited.has(relation)) return;
    visited.add(relation);
    for (const { target } of relation.foreignKeys) {
      const parent = byOid.get(target);
      if (parent !== undefined) visit(parent);
    }
    ordered.add(relation);
  };
  for (const relation of tables) visit(relation);
  return [...ordered].reverse().filter((relation) => tables.includes(relation));
}
