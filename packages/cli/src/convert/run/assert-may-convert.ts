import type pg from "pg";
import { RowhouseError } from "rowhouse";
import { defaultRoleNames } from "rowhouse/migrations";
import type { Plan } from "../plan.ts";
import { neededTables } from "./check-plan.ts";

/** So many statements are listed; what is missing of a kind is mostly the same. */
const listed = 20;

/**
 * Before anything is changed: whoever is no superuser needs all that the conversion needs at any time, or it would stop in the middle.
 *
 * @throws RowhouseError CONVERSION_REFUSED with the statements that give what is missing
 */
export async function assertMayConvert(client: pg.ClientBase, plan: Plan): Promise<void> {
  const { owner, runtime, operator } = defaultRoleNames;
  const { rows } = await client.query<{ statement: string }>(missingQuery, [
    neededTables(plan),
    Object.values(defaultRoleNames),
    [owner, runtime],
    operator,
  ]);
  if (rows.length === 0) return;
  const lines = rows.slice(0, listed).map(({ statement }) => `  ${statement};`);
  const more = rows.length > listed ? `\n  -- and ${rows.length - listed} more` : "";
  throw new RowhouseError(
    "CONVERSION_REFUSED",
    `This role may not do all that a conversion does, and nothing was changed. Let an administrator run this, or convert as a superuser:\n${lines.join("\n")}${more}`,
  );
}

/**
 * Where a superuser owns something it changes hands: to be a member of a superuser is to be one. Up to Postgres 15 only superusers
 * make roles with BYPASSRLS; from 16 on who makes a role may give it away.
 */
const missingQuery = `
  with me as (
    select oid, rolname, rolcreaterole, current_setting('server_version_num')::integer >= 160000 as is_new
    from pg_catalog.pg_roles where rolname = current_user and not rolsuper),
  given as (
    select c.oid, c.relnamespace, c.relowner from unnest($1::text[]) as one (name)
    join pg_catalog.pg_class c on c.oid = to_regclass(one.name)),
  held (place, what, owner) as (
    select 1, format('database %I', datname), datdba from pg_catalog.pg_database where datname = current_database()
    union select 2, format('schema %I', n.nspname), n.nspowner from pg_catalog.pg_namespace n
      where n.nspname = 'public' or n.oid in (select relnamespace from given)
    union select 3, format('table %s', oid::regclass), relowner from given),
  made as (select name, r.oid from unnest($2::text[]) as one (name) left join pg_catalog.pg_roles r on r.rolname = one.name),
  missing (place, statement) as (
    select 0, format('alter role %I createrole', rolname) from me where not rolcreaterole and exists (select from made where made.oid is null)
    -- Or neither a replica that lags nor who is in the way could be seen.
    union select 0, format('grant pg_read_all_stats to %I', rolname) from me where not pg_has_role(oid, 'pg_read_all_stats', 'usage')
    union select 0, format('create role %I login bypassrls noinherit', name) from me, made
      where name = $4 and made.oid is null and not is_new
    union select 4, format('grant %I to %I with admin option', name, rolname) from me, made
      where name = any ($3) and made.oid is not null and not pg_has_role(me.oid, made.oid, 'usage')
        and not pg_has_role(me.oid, made.oid, 'member with admin option') and (is_new or not rolcreaterole)
    union select case when o.rolsuper then place else 0 end, case
        when o.rolsuper then format('alter %s owner to %I', what, me.rolname)
        else format('grant %I to %I', o.rolname, me.rolname) end
      from me, held join pg_catalog.pg_roles o on o.oid = held.owner
      -- Whose only member is whoever owns the database.
      where o.rolname <> 'pg_database_owner' and not pg_has_role(me.oid, held.owner, 'usage'))
  select statement from missing order by place, statement`;
