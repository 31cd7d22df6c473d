import type pg from "pg";
import type { Subject } from "../../doctor/subject.ts";
import type { DefinerFunction } from "./catalog.ts";

/** Reads the functions and procedures that lend their owner's rights to a role that serves tenants. */
export async function readDefinerFunctions(
  client: pg.ClientBase,
  { appRoles }: Subject,
): Promise<readonly DefinerFunction[]> {
  const { rows } = await client.query<{ definer: DefinerFunction }>(statement, [appRoles]);
  return rows.map(({ definer }) => definer);
}

const statement = `
  with recursive
  routine as (
    select p.*, n.nspname, l.lanname,
      body.text, ' ' || pg_catalog.regexp_replace(body.text, '\\W+', ' ', 'g') || ' ' as words
    from pg_catalog.pg_proc as p
    cross join lateral (
      select pg_catalog.lower(case when p.prosqlbody is null then p.prosrc else pg_catalog.pg_get_functiondef(p.oid) end) as text
    ) as body
    join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    join pg_catalog.pg_language as l on l.oid = p.prolang
    where n.nspname <> 'information_schema' and n.nspname !~ '^pg_' and p.prokind in ('f', 'p')
      and not exists (
        select from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  ),
  definer as (
    select * from routine as r
    where r.prosecdef and r.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
      and exists (
        select from pg_catalog.pg_roles as a
        where a.rolname = any ($1::text[]) and pg_catalog.has_function_privilege(a.oid, r.oid, 'EXECUTE')
          and pg_catalog.has_schema_privilege(a.oid, r.pronamespace, 'USAGE'))
  ),
  -- What it may come to run: whatever is named like a word of the text. Too much rather than too little.
  runs (definer, oid) as (
    select d.oid, d.oid from definer as d
    union
    select u.definer, o.oid
    from runs as u
    join routine as r on r.oid = u.oid
    join routine as o on pg_catalog.strpos(r.words, ' ' || pg_catalog.lower(o.proname) || ' ') > 0
      or (o.proname ~ '\\W' and pg_catalog.strpos(r.text, pg_catalog.lower(o.proname)) > 0)
  ),
  body as (
    select u.definer, pg_catalog.string_agg(r.text, e'\\n' order by r.oid = u.definer desc, r.oid) as source,
      pg_catalog.string_agg(r.words, ' ') as words,
      -- Under an empty path a name without its schema is the system's, or an alias.
      pg_catalog.bool_or(r.oid = u.definer and 'search_path=""' = any (r.proconfig))
        and not pg_catalog.bool_or(r.proconfig::text ~ 'search_path=' and not 'search_path=""' = any (r.proconfig)) as qualified,
      pg_catalog.bool_or(r.lanname not in ('sql', 'plpgsql') or r.text ~ '\\mexecute\\M|_to_xml\\M|\\mcursor_to|\\mts_stat\\M|\\mts_rewrite\\M') as opaque
    from runs as u join routine as r on r.oid = u.oid
    group by u.definer
  )
  select pg_catalog.json_build_object(
    'oid', d.oid::text,
    'sql', pg_catalog.format('%I.%I', d.nspname, d.proname),
    'signature', pg_catalog.format('%I.%I(%s)', d.nspname, d.proname, (
      select pg_catalog.string_agg(pg_catalog.format_type(g.type, null), ', ' order by g.place)
      from unnest(d.proargtypes::oid[]) with ordinality as g (type, place))),
    'procedure', d.prokind = 'p',
    'argumentTypes', (
      select coalesce(json_agg(pg_catalog.format_type(
        case when t.typtype = 'd' then t.typbasetype else t.oid end, null) order by g.place), '[]')
      -- CALL wants the outgoing ones as well.
      from unnest(case when d.prokind = 'p' then coalesce(d.proallargtypes, d.proargtypes::oid[]) else d.proargtypes::oid[] end)
        with ordinality as g (type, place)
      join pg_catalog.pg_type as t on t.oid = g.type),
    'defaults', d.pronargdefaults,
    'variadic', d.provariadic <> 0,
    'returnsSet', d.proretset,
    'source', b.source,
    'opaque', b.opaque,
    'names', (
      select coalesce(json_agg(pg_catalog.format('%I.%I', n.nspname, c.relname) order by c.oid), '[]')
      from pg_catalog.pg_class as c
      join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
        and (pg_catalog.strpos(b.words, pg_catalog.lower(pg_catalog.format(' %s%s ',
            case when coalesce(b.qualified, false) then n.nspname || ' ' end, c.relname))) > 0
          or (c.relname ~ '\\W' and pg_catalog.strpos(b.source, pg_catalog.lower(c.relname)) > 0)))
  ) as definer
  from definer as d
  join body as b on b.definer = d.oid
  order by d.nspname, d.proname, d.oid`;
