import pg from "pg";
import { CannotTell } from "../doctor/cannot-tell.ts";
import type { Place } from "./attack.ts";
import { isTable, type Catalog, type ForeignKey, type Relation } from "./catalog/catalog.ts";
import { makeUniqueForControl } from "./make-unique-for-control.ts";
import type { MadeRow, Party, Values } from "./world.ts";

/** A foreign key by which a tenant's row may point to another tenant's. */
export interface Reference {
  readonly foreignKey: ForeignKey;
  readonly parent: Relation;
  /** What points, without the tenant column, and what is pointed to. */
  readonly pairs: readonly (readonly [column: string, parentColumn: string])[];
}

/** The references of a table, or why it has none that could cross. */
export function references(relation: Relation, catalog: Catalog): readonly Reference[] | string {
  if (!isTable(relation)) return "It is no table.";
  const tenants = new Set(catalog.tenantTables);
  const found = relation.foreignKeys.flatMap((foreignKey): Reference[] => {
    const parent = catalog.byOid.get(foreignKey.target);
    if (parent === undefined || !tenants.has(parent)) return [];
    const pairs = foreignKey.columns
      .map((column, index) => [column, foreignKey.targetColumns[index] ?? ""] as const)
      .filter(([column]) => column !== relation.tenantColumn);
    return pairs.length === 0 ? [] : [{ foreignKey, parent, pairs }];
  });
  if (found.length === 0) return "No foreign key of it points to a tenant's row beside the tenant itself.";
  if (relation.tenantColumn === null && found.length === 1)
    return "Its one foreign key to a tenant's row says whose it is: pointing elsewhere is inserting for another.";
  return found;
}

/** A row of a party to point to that nothing points to yet, else the one that is there. */
export async function rowToPointTo(place: Place, { parent }: Reference, party: Party): Promise<MadeRow> {
  const { world, rows, catalog } = place;
  if (parent === catalog.organizations) return place.row(party, parent);
  await world.session.run("savepoint fresh");
  try {
    return await rows.insert(parent, await rows.compose(parent, party));
  } catch (error) {
    if (!(error instanceof CannotTell) && !(error instanceof pg.DatabaseError)) throw error;
    await world.session.run("rollback to savepoint fresh");
    return place.row(party, parent);
  }
}

/** The values that make a row point to another, without the tenant column. */
export function pointTo({ pairs }: Reference, { values }: MadeRow): Values {
  return Object.fromEntries(pairs.map(([column, parentColumn]) => [column, values[parentColumn] ?? null]));
}

/** Drops the constraint, where it was declared: a partition has it from the whole. */
export async function dropReference({ look, world }: Place, relation: Relation, foreignKey: ForeignKey): Promise<void> {
  const { rows } = await look(
    `with recursive up as (
       select * from pg_catalog.pg_constraint where conrelid = $1::oid and conname = $2
       union all
       select k.* from up join pg_catalog.pg_constraint as k on k.oid = up.conparentid
     )
     select format('alter table %I.%I drop constraint %I', n.nspname, c.relname, up.conname) as statement
     from up join pg_catalog.pg_class as c on c.oid = up.conrelid join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
     where up.conparentid = 0`,
    [relation.oid, foreignKey.name],
  );
  const statement = rows[0]?.["statement"];
  if (typeof statement === "string") await world.session.run(`set constraints all immediate; ${statement}`);
}

const actions: Readonly<Record<string, string>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

/** Puts one in its place that leaves the tenant out. @throws CannotTell where the parent's rows are not unique without it */
export async function loosenReference(place: Place, relation: Relation, reference: Reference): Promise<void> {
  const { foreignKey, parent, pairs } = reference;
  if (pairs.length === foreignKey.columns.length) return;
  await dropReference(place, relation, foreignKey);
  const list = (names: readonly string[]): string => names.map((name) => pg.escapeIdentifier(name)).join(", ");
  const parentColumns = list(pairs.map(([, name]) => name));
  await makeUniqueForControl(
    place,
    parent,
    pairs.map(([, name]) => name),
  );
  try {
    // Not of the rows of others, whose parents may have gone.
    await place.world.session.run(`
      alter table ${relation.sql} add constraint rowhouse_prove foreign key (${list(pairs.map(([name]) => name))})
        references ${parent.sql} (${parentColumns}) on delete ${actions[foreignKey.onDelete] ?? "no action"} not valid`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new CannotTell(
      `A foreign key without the tenant could not be made for the control: ${error.code ?? ""} ${error.message}.`,
    );
  }
}
