import type pg from "pg";
import { defaultRoleNames } from "rowhouse/migrations";

/** Validation looks as the new application will; who is no superuser must be let into its role for that. */
export async function letLookAsRuntime(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ may: boolean; version: number }>(
    `select pg_has_role(current_user, $1, case when version >= 160000 then 'set' else 'member' end) as may, version
     from (select current_setting('server_version_num')::integer as version) server`,
    [defaultRoleNames.runtime],
  );
  if (rows[0]?.may !== false) return;
  // Before 16 every member may change to the role, and with it come its rights, which are few.
  const only = rows[0].version >= 160_000 ? " with inherit false, set true" : "";
  await client.query(`grant ${defaultRoleNames.runtime} to current_user${only}`);
}
