import pg from "pg";
import { CannotTell } from "../doctor/cannot-tell.ts";
import type { Place } from "./attack.ts";
import { attemptInSavepoint } from "./attempt-in-savepoint.ts";
import type { Relation } from "./catalog/catalog.ts";

/**
 * Makes columns unique over all tenants, for a control. Where rows that were there before collide with each other, they go: the control is about
 * A and B.
 *
 * @throws CannotTell where it cannot be made even so
 */
export async function makeUniqueForControl(place: Place, relation: Relation, names: readonly string[]): Promise<void> {
  const { session } = place.world;
  const columns = names.map((name) => pg.escapeIdentifier(name)).join(", ");
  await session.run("set constraints all immediate");
  const make = () =>
    attemptInSavepoint(session, () => session.run(`create unique index on ${relation.sql} (${columns})`));
  let refusal = await make();
  if (refusal instanceof pg.DatabaseError && relation.tenantColumn !== null) {
    await removeOthers(place, relation, relation.tenantColumn);
    refusal = await make();
  }
  if (refusal instanceof pg.DatabaseError)
    throw new CannotTell(
      `A unique index without the tenant could not be made for the control: ${refusal.code ?? ""} ${refusal.message}.`,
    );
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
