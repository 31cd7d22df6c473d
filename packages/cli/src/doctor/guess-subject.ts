import type pg from "pg";
import { settingNames } from "../expression/setting-names.ts";

/** Something that was found, and how far it can be relied on. */
export interface Guess {
  readonly what: string;
  readonly value: string;
  /** 0 to 1. Below {@link sureEnough} a person has to say it. */
  readonly confidence: number;
  readonly reason: string;
  /** What it may be, the likeliest first. */
  readonly candidates: readonly string[];
}

/** How sure a guess must be to be taken without asking. */
export const sureEnough = 0.6;

/** Names that people give the column, and the table that it points to. */
const usualColumn = /^(organi[sz]ation|org|tenant|team|workspace|account|company|customer)_?id$/i;
const usualTable = /^(organi[sz]ations?|orgs?|tenants?|teams?|workspaces?|accounts?|companies|company|customers?)$/i;

/** The setting that fixes write where a database has none yet. */
const settingToBe = "rowhouse.organization_id";

interface ColumnCount {
  readonly name: string;
  readonly tables: number;
  readonly references: number;
  readonly policies: number;
}

/** Each table, foreign key and policy that has the column counts; a usual name counts for two. */
export async function guessTenantColumn(client: pg.ClientBase): Promise<Guess> {
  const { rows } = await client.query<ColumnCount>(
    `
    select a.attname::text as name, count(distinct c.oid)::int as tables,
      count(distinct k.oid)::int as "references", count(distinct d.objid)::int as policies
    from pg_attribute as a
    join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
    join pg_namespace as n on n.oid = c.relnamespace and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    left join pg_constraint as k on k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
    left join pg_depend as d on d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_class'::regclass
      and d.refobjid = c.oid and d.refobjsubid = a.attnum
    where a.attnum > 0 and not a.attisdropped
    group by a.attname
    having count(distinct k.oid) > 0 or count(distinct d.objid) > 0 or a.attname ~* $1`,
    [usualColumn.source],
  );
  const score = ({ name, tables, references, policies }: ColumnCount): number =>
    (tables + references + 3 * Math.min(policies, tables)) * (usualColumn.test(name) ? 2 : 1);
  const sorted = rows.toSorted((left, right) => score(right) - score(left));
  const [best, second] = sorted;
  const what = "the column that says whose a row is";
  const candidates = sorted.map(({ name }) => name);
  if (best === undefined) return { what, value: "", confidence: 0, reason: "No column looks like it.", candidates };
  const rest = second === undefined ? 0 : score(second);
  const confidence = round(score(best) / (score(best) + rest / 2)) * (usualColumn.test(best.name) ? 1 : 0.8);
  const reason = `${best.name} is in ${best.tables} tables, ${best.references} foreign keys and ${best.policies} policies${second === undefined ? "" : `; next is ${second.name}`}.`;
  return { what, value: best.name, confidence, reason, candidates };
}

export async function guessOrganizationsTable(client: pg.ClientBase, tenantColumn: string): Promise<Guess> {
  const what = "the table of the organizations";
  const { rows } = await client.query<{ name: string; plain: string; references: number }>(
    `select t.oid::regclass::text as name, t.relname::text as plain, count(k.oid)::int as "references"
     from pg_class as t
     join pg_namespace as n on n.oid = t.relnamespace and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
     left join pg_constraint as k on k.confrelid = t.oid and k.contype = 'f' and array_length(k.conkey, 1) = 1
       and exists (select from pg_attribute as a where a.attrelid = k.conrelid and a.attnum = k.conkey[1] and a.attname = $1)
     where t.relkind in ('r', 'p')
     group by t.oid, t.relname
     having count(k.oid) > 0 or t.relname ~* $2
     order by count(k.oid) desc, t.relname`,
    [tenantColumn, usualTable.source],
  );
  const [best, second] = rows;
  const candidates = rows.map(({ name }) => name);
  if (best === undefined)
    return { what, value: "", confidence: 0, reason: `No foreign key of ${tenantColumn} points to one.`, candidates };
  if (best.references === 0 && second !== undefined)
    return {
      what,
      value: best.name,
      confidence: 0.4,
      reason: `No foreign key of ${tenantColumn} says, and ${rows.length} tables have such a name.`,
      candidates,
    };
  const share = best.references / Math.max(1, best.references + (second?.references ?? 0));
  const confidence = best.references === 0 ? 0.6 : round(share);
  return {
    what,
    value: best.name,
    confidence,
    reason: `${best.references} foreign keys of ${tenantColumn} point to it.`,
    candidates,
  };
}

/** Who may sign in, is not above row security, owns none of the tenant tables and reads at least half of them. */
export async function guessAppRoles(client: pg.ClientBase, tenantColumn: string): Promise<Guess> {
  const what = "the role that serves tenants";
  const { rows } = await client.query<{ name: string; above: boolean; owns: boolean; share: number }>(
    `with tenant as (
       select c.oid, c.relowner from pg_attribute as a
       join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
       where a.attname = $1 and a.attnum > 0 and not a.attisdropped
     )
     select r.rolname::text as name, r.rolsuper or r.rolbypassrls as above,
       exists (select from tenant where relowner = r.oid) as owns,
       coalesce((select avg(has_table_privilege(r.oid, tenant.oid, 'SELECT')::int) from tenant), 0)::float8 as share
     from pg_roles as r where r.rolcanlogin order by r.rolname`,
    [tenantColumn],
  );
  const serving = rows.filter(({ above, owns, share }) => !above && !owns && share >= 0.5).map(({ name }) => name);
  if (serving.length > 0)
    return {
      what,
      value: serving.join(", "),
      confidence: serving.length === 1 ? 0.9 : 0.7,
      reason:
        serving.length === 1
          ? "It alone may sign in and read most tenant tables without being above row security."
          : `${serving.length} roles may sign in and read most tenant tables; each is looked at.`,
      candidates: serving,
    };
  const others = rows.filter(({ share }) => share >= 0.5).toSorted((left, right) => +left.above - +right.above);
  const reason =
    others.length === 0
      ? "No role that may sign in can read the tenant tables."
      : "Only owners of the tables and roles above row security may sign in and read them.";
  const candidates = (others.length === 0 ? rows : others).map(({ name }) => name);
  return { what, value: others[0]?.name ?? "", confidence: 0, reason, candidates };
}

/** What policies, and the functions that they call, read by `current_setting`. A thousand from all over the database say it as well as all. */
export async function guessContextSetting(client: pg.ClientBase): Promise<Guess> {
  const what = "the setting that names the tenant of a transaction";
  const { rows } = await client.query<{ text: string; times: number }>(`
    with looked_at as (select * from pg_policy order by hashoid(oid) limit 1000)
    select coalesce(pg_get_expr(polqual, polrelid), '') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '') as text,
      count(*)::int as times
    from looked_at group by 1
    union all
    select coalesce(f.prosrc, '') || ' ' || coalesce(pg_get_function_sqlbody(f.oid), ''), count(distinct d.objid)::int
    from looked_at join pg_depend as d on d.objid = looked_at.oid join pg_proc as f on f.oid = d.refobjid
    where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass and f.pronamespace <> 'pg_catalog'::regnamespace
    group by f.oid, f.prosrc`);
  const counts = new Map<string, number>();
  for (const { text, times } of rows)
    for (const name of settingNames(text)) counts.set(name, (counts.get(name) ?? 0) + times);
  const sorted = [...counts].toSorted(([, left], [, right]) => right - left);
  const [best, second] = sorted;
  const candidates = sorted.map(([name]) => name);
  if (best === undefined)
    return {
      what,
      value: settingToBe,
      confidence: sureEnough,
      reason: "No policy reads one yet; this is the one that fixes will use.",
      candidates,
    };
  const confidence = round(best[1] / (best[1] + (second?.[1] ?? 0) / 2));
  return {
    what,
    value: best[0],
    confidence,
    reason: `${best[1]} policies read it${second === undefined ? "" : `; ${second[1]} read ${second[0]}`}.`,
    candidates,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
