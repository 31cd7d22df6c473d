import type pg from "pg";

/** A tenant table like any other, so that its one row shows whether row security holds. */
export const canaryTable = "rowhouse.canaries";

/** A check constraint keeps organizations from having this id. */
export const canaryOrganizationId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** Puts the canary in its place, inside of the caller's transaction. Its policies bind the owner too, hence the context. */
export async function plantCanary(client: pg.Client): Promise<void> {
  await client.query("select rowhouse.enter_organization($1)", [canaryOrganizationId]);
  await client.query("insert into rowhouse.canaries (organization_id) values ($1) on conflict do nothing", [
    canaryOrganizationId,
  ]);
  await client.query(`select rowhouse.leave_organization('{"", ""}')`);
}
