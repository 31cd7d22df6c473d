import type pg from "pg";

export const rowsPerOrganization = 100;

/**
 * Fills an empty database. The rows of the organizations lie interleaved, as they do when all of them work at the same
 * time, so that the newest 20 of one are on 20 pages.
 */
export async function loadRows(client: pg.Client, organizations: number): Promise<void> {
  await client.query("begin");
  // Foreign keys hold by the way the rows are made; checking a million of them would take longer than the benchmark.
  await client.query("set local session_replication_role = replica");
  await client.query(
    `insert into rowhouse.organizations (slug, name)
     select 'organization-' || n, 'Organization ' || n from generate_series(1, $1::integer) n`,
    [organizations],
  );
  await client.query(
    "insert into rowhouse.organization_slugs (slug, organization_id) select slug, id from rowhouse.organizations",
  );
  await client.query(
    `insert into auth.users (id, name, email)
     select gen_random_uuid(), slug, slug || '@example.com' from rowhouse.organizations`,
  );
  await client.query(
    `insert into rowhouse.memberships (organization_id, user_id, role)
     select o.id, u.id, 'owner' from rowhouse.organizations o join auth.users u on u.name = o.slug`,
  );
  await client.query(
    `insert into projects (organization_id, name, created_at, updated_at)
     select o.id, 'Project ' || n || ' of ' || o.slug, at, at
     from generate_series(1, $1::integer) n cross join rowhouse.organizations o
     cross join lateral (select timestamptz '2026-01-01' + n * interval '1 hour' + random() * interval '50 minutes' as at) t
     order by at`,
    [rowsPerOrganization],
  );
  await client.query("commit");
  // Hint bits and statistics now, so that no measurement pays for them.
  await client.query("vacuum (analyze)");
  await client.query("checkpoint");
}
