import { splitTable } from "../database/identifier.ts";
import { defaultColumn } from "../table-settings.ts";
import { isHeld } from "./is-held.ts";

/** The tables of the control plane have a column of their own; `$4` is that of the application's. */
const columnIn = (schema: string): string => `case ${schema} when 'rowhouse' then '${defaultColumn}' else $4::text end`;

const columnOf = (relation: string): string => `(
  select ${columnIn("sn.nspname")} from pg_catalog.pg_class sc join pg_catalog.pg_namespace sn on sn.oid = sc.relnamespace
  where sc.oid = ${relation})`;

/** `$1` to `$4`: the tables as the settings name them, their schemas, their names, and the tenant column. */
export const tableFactsQuery = `
select wanted.name,
  c.oid is not null as "exists",
  coalesce(c.relkind in ('r', 'p'), false) as "isTable",
  coalesce(c.relrowsecurity, false) as enabled,
  coalesce(c.relforcerowsecurity, false) as forced,
  coalesce(pg_catalog.format_type(a.atttypid, null), '') as "columnType",
  coalesce(a.attnotnull, false) as "columnNotNull",
  coalesce((
    select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', p.polname, 'permissive', p.polpermissive, 'command', p.polcmd, 'toPublic', p.polroles = '{0}',
      'roles', case p.polroles when '{0}' then '{public}' else array(
        select pg_catalog.pg_get_userbyid(role) from pg_catalog.unnest(p.polroles) as role order by 1) end,
      'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
      'check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname)
    from pg_catalog.pg_policy p where p.polrelid = c.oid), '[]'::json) as policies,
  coalesce((
    select pg_catalog.json_agg(pg_catalog.json_build_object('name', k.name, 'kind', k.kind) order by k.name)
    from (
      select ic.relname as name, case when i.indisprimary then 'primary' else 'unique' end as kind
      from pg_catalog.pg_index i join pg_catalog.pg_class ic on ic.oid = i.indexrelid
      cross join lateral (select (i.indkey::int2[])[0:i.indnkeyatts - 1] as columns) key
      where i.indrelid = c.oid and i.indisunique and coalesce(a.attnum <> all (key.columns), true)
        and not (i.indisprimary and i.indnkeyatts = 1 and exists (
          select from pg_catalog.pg_attribute ka
          left join pg_catalog.pg_attrdef d on d.adrelid = ka.attrelid and d.adnum = ka.attnum
          where ka.attrelid = c.oid and ka.attnum = i.indkey[0] and (ka.atttypid = 'pg_catalog.uuid'::pg_catalog.regtype
            or ka.attidentity <> '' or pg_catalog.pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')))
        and not (not i.indnullsnotdistinct and exists (
          select from pg_catalog.pg_constraint t
          join pg_catalog.pg_attribute ta
            on ta.attrelid = t.confrelid and ta.attname = ${columnOf("t.confrelid")} and not ta.attisdropped
          where t.conrelid = c.oid and t.contype = 'f' and t.convalidated
            and t.confkey[pg_catalog.array_position(t.conkey, a.attnum)] = ta.attnum
            and pg_catalog.array_remove(t.conkey, a.attnum) operator(pg_catalog.<@) key.columns
            and exists (select from pg_catalog.pg_index p where p.indrelid = t.confrelid and p.indisunique and p.indpred is null
              and p.indkey::int2[] operator(pg_catalog.<@) pg_catalog.array_remove(t.confkey, ta.attnum))))
      union all
      select f.conname, 'foreign'
      from pg_catalog.pg_constraint f
      join pg_catalog.pg_attribute fa
        on fa.attrelid = f.confrelid and not fa.attisdropped and fa.attname = ${columnOf("f.confrelid")}
      where f.conrelid = c.oid and f.contype = 'f'
        and (f.conkey[1] is distinct from a.attnum or f.confkey[1] is distinct from fa.attnum)
        and not ${isHeld("f", "$4::text")}
        and not exists (
          select from pg_catalog.pg_constraint t
          where t.conrelid = c.oid and t.contype = 'f' and t.convalidated and t.confrelid = f.confrelid
            and t.confkey[pg_catalog.array_position(t.conkey, a.attnum)] = fa.attnum
            and not exists (
              select from unnest(f.conkey, f.confkey) as one (own, theirs)
              where one.own <> all (t.conkey)
                or t.confkey[pg_catalog.array_position(t.conkey, one.own)] is distinct from one.theirs))
    ) k), '[]'::json) as "looseKeys"
from unnest($1::text[], $2::text[], $3::text[]) with ordinality
  as wanted (name, schema_name, table_name, position)
left join pg_catalog.pg_namespace n on n.nspname = wanted.schema_name
left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.table_name
left join pg_catalog.pg_attribute a
  on a.attrelid = c.oid and a.attname = ${columnIn("wanted.schema_name")} and a.attnum > 0 and not a.attisdropped
order by wanted.position`;

/** What {@link tableFactsQuery} asks for. */
export function tableFactsValues(names: readonly string[], column: string): (string[] | string)[] {
  const parts = names.map(splitTable);
  return [[...names], parts.map(({ schema }) => schema), parts.map(({ table }) => table), column];
}
