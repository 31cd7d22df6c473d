import { randomUUID } from "node:crypto";
import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import { isTable, tenantRelations, type Catalog, type Column, type Relation } from "../catalog/catalog.ts";
import type { Session, Value } from "../session.ts";
import type { MadeRow, Party, RowMaker, Values, World } from "../world.ts";
import { insertStatement } from "./insert-statement.ts";
import { matchRow } from "./match-row.ts";

// A first form: plain types, and parents by foreign key. Constraints are not looked at yet.

/** Makes two organizations with a row in every tenant table. */
export async function makeWorld(session: Session, catalog: Catalog): Promise<World> {
  const made = new Map<string, MadeRow | CannotTell>();
  const keyOf = (party: Party, { oid }: Relation): string => `${party.name} ${oid}`;
  const row = (party: Party, relation: Relation): MadeRow => {
    const found = made.get(keyOf(party, relation)) ?? new CannotTell(`No row of ${relation.sql} was made.`);
    if (found instanceof CannotTell) throw found;
    return found;
  };
  const a: Party = { name: "A", organizationId: randomUUID() };
  const b: Party = { name: "B", organizationId: randomUUID() };
  const rows: RowMaker = {
    compose: async (relation, party, given = {}) => {
      const values: Record<string, Value> = {};
      for (const column of relation.columns)
        if (!column.generated && column.notNull && !column.hasDefault) values[column.name] = plainValue(column, party);
      for (const { columns, target, targetColumns } of relation.foreignKeys) {
        const parent = catalog.byOid.get(target);
        if (parent === undefined || parent === relation) continue;
        columns.forEach(
          (name, index) => (values[name] = row(party, parent).values[targetColumns[index] ?? ""] ?? null),
        );
      }
      if (relation.tenantColumn !== null) values[relation.tenantColumn] = party.organizationId;
      return { ...values, ...given };
    },
    insert: async (relation, values) => {
      const { text, values: given } = insertStatement(relation, values);
      const returned = relation.columns.map(
        ({ name }) => `${pg.escapeIdentifier(name)}::text as ${pg.escapeIdentifier(name)}`,
      );
      const answer = await session.query(`${text} returning ${returned.join(", ")}`, given);
      const stored = answer.rows[0] as Values;
      const key = relation.uniqueKeys.find(
        ({ partial, columns }) => !partial && columns.every((name) => stored[name] !== null),
      );
      return {
        relation,
        values: stored,
        key: key?.columns ?? Object.keys(stored).filter((name) => stored[name] !== null),
      };
    },
    removeAll: async (party) => {
      await session.run("set local session_replication_role = replica");
      for (const [name, found] of made) {
        if (found instanceof CannotTell || !name.startsWith(party.name)) continue;
        const { where, values } = matchRow(found);
        await session.query(`delete from ${found.relation.sql} where ${where}`, values);
      }
      await session.run("set local session_replication_role = origin");
    },
  };
  for (const relation of parentsFirst(catalog))
    for (const party of [a, b])
      made.set(keyOf(party, relation), await rows.insert(relation, await rows.compose(relation, party)));
  return { session, catalog, a, b, rows, row };
}

function parentsFirst(catalog: Catalog): readonly Relation[] {
  const ordered = new Set<Relation>();
  const visit = (relation: Relation): void => {
    for (const { target } of relation.foreignKeys) {
      const parent = catalog.byOid.get(target);
      if (parent !== undefined && parent !== relation && !ordered.has(parent)) visit(parent);
    }
    ordered.add(relation);
  };
  for (const relation of tenantRelations(catalog)) if (isTable(relation) && !relation.isPartition) visit(relation);
  return [...ordered];
}

function plainValue({ category, baseType }: Column, party: Party): Value {
  if (baseType === "uuid") return randomUUID();
  if (category === "N") return String(Math.floor(Math.random() * 1_000_000));
  if (category === "D") return "2026-06-01";
  if (category === "B") return "true";
  return baseType === "jsonb" || baseType === "json" ? "{}" : `of ${party.name} ${randomUUID().slice(0, 8)}`;
}
