import type pg from "pg";

export const rowsPerOrganization = 100;
const tasksOfNewest = 30;

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
  // Each is also a member of the next two, so that everybody has three organizations and each organization three members.
  await client.query(
    `with numbered as (
       select o.id, m.user_id, row_number() over (order by o.slug) - 1 as place
       from rowhouse.organizations o join rowhouse.memberships m on m.organization_id = o.id)
     insert into rowhouse.memberships (organization_id, user_id, role)
     select o.id, u.user_id, 'member'
     from numbered u cross join generate_series(1, 2) further
     join numbered o on o.place = (u.place + further) % $1::integer`,
    [organizations],
  );
  await client.query(
    `insert into projects (organization_id, name, created_at, updated_at)
     select o.id, 'Project ' || n || ' of ' || o.slug, at, at
     from generate_series(1, $1::integer) n cross join rowhouse.organizations o
     cross join lateral (select timestamptz '2026-01-01' + n * interval '1 hour' + random() * interval '50 minutes' as at) t
     order by at`,
    [rowsPerOrganization],
  );
  await client.query(
    `insert into tasks (organization_id, project_id, title, created_at, updated_at)
     select organization_id, id, title, at, at from (
       select organization_id, id, created_at, row_number() over (partition by organization_id order by created_at desc) as place
       from projects) p
     cross join lateral (
       select 'Task ' || n as title, p.created_at + n * interval '1 minute' as at
       from generate_series(1, $2::integer) n where p.place = 1
       union all select 'First task', p.created_at where p.place = $1) t
     order by at`,
    [rowsPerOrganization, tasksOfNewest],
  );
  await client.query("commit");
  // Hint bits and statistics now, so that no measurement pays for them.
  await client.query("vacuum (analyze)");
  await client.query("checkpoint");
}
