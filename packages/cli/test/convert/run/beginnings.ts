import type pg from "pg";

/** What the audit logs of all organizations hold, each kind of log once: `1 organization.created by job rowhouse-convert`. */
export async function beginnings(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ log: string }>(
    `select distinct (select coalesce(string_agg(format('%s %s by %s %s', e.sequence, e.action, e.actor_kind, e.actor_id), ', ' order by e.sequence), 'nothing')
       from rowhouse.audit_events e where e.organization_id = o.id
         and e.after = jsonb_build_object('name', o.name, 'slug', o.slug)) as log
     from rowhouse.organizations o order by 1`,
  );
  return rows.map(({ log }) => log);
}
