import pg from "pg";
import type { BenchDatabase, BenchOrganization } from "./bench-database.ts";

/** Puts so many members into one organization: names and addresses that begin alike and differ in the middle. */
export async function loadMembers(
  database: BenchDatabase,
  organization: BenchOrganization,
  count: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query("begin");
    // The rules are asked once for each row, and nobody here breaks them; foreign keys hold for nobody but the users.
    await client.query("set local session_replication_role = replica");
    await client.query(
      `insert into rowhouse.memberships (organization_id, user_id, role, name, email, created_at)
       select $1, gen_random_uuid(), (array['admin', 'member', 'viewer'])[1 + i % 3], 'Person ' || md5(i::text),
         md5(i::text) || '@example.com', now() - i * interval '1 minute'
       from generate_series(1, $2::integer) i`,
      [organization.id, count],
    );
    await client.query("commit");
    await client.query("vacuum (analyze) rowhouse.memberships");
  } finally {
    await client.end();
  }
}
