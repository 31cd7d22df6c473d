import pg from "pg";
import { CannotTell } from "../doctor/cannot-tell.ts";
import type { Place } from "./attack.ts";
import type { Relation } from "./catalog/catalog.ts";

/**
 * Makes columns unique over all tenants, for a control. Where rows that were there before collide with each other, they go: the control is about
 * A and B.
 *
 * @throws CannotTell where it cannot be made even so
 */
export async function makeUniqueForControl(place: Place, relation: Relation, names: readonly string[]): Promise<void> {
  const columns = names.map((name) => pg.escapeIdentifier(name)).join(", ");
  const make = (): Promise<void> => tryToMake(place, `create unique index on ${relation.sql} (${columns})`);
  try {
    await make();
  } catch (error) {
    if (!(error instanceof CannotTell) || relation.tenantColumn === null) throw error;
    await removeOthers(place, relation, relation.tenantColumn);
    await make();
  }
}

async function tryToMake({ world: { session } }: Place, statement: string): Promise<void> {
  await session.run("set constraints all immediate; savepoint unique_control");
  try {
    await session.run(`${statement}; release savepoint unique_control`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    await session.run("rollback to savepoint unique_control; release savepoint unique_control");
    throw new CannotTell(
      `A unique index without the tenant could not be made for the control: ${error.code ?? ""} ${error.message}.`,
    );
  }
}

/** Rows of neither party; nothing of theirs fires or follows. */
async function removeOthers({ world }: Place, { sql }: Relation, tenantColumn: string): Promise<void> {
  const { session, a, b } = world;
  await session.run("set local session_replication_role = replica");
  const of = pg.escapeIdentifier(tenantColumn);
  await session.query(`delete from ${sql} where ${of}::text <> all ($1::text[]) or ${of} is null`, [
    `{${[a, b].map(({ organizationId }) => JSON.stringify(organizationId)).join(",")}}`,
  ]);
  await session.run("set local session_replication_role = origin");
}
