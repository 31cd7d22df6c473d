import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture();
});

afterAll(() => fixture[Symbol.asyncDispose]());

/** Each gives one line a thing, ordered; Postgres 18 names NOT NULL constraints, which older ones do not have. */
const parts: Readonly<Record<string, string>> = {
  columns: `select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end,
      ' default ' || pg_get_expr(d.adbin, d.adrelid)) as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'rowhouse'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S') and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`,
  constraints: `select format('%s %s: %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line
    from pg_constraint where connamespace = 'rowhouse'::regnamespace and contype <> 'n' order by 1`,
  indexes: `select pg_get_indexdef(i.indexrelid) as line from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'rowhouse'::regnamespace order by 1`,
  "row security": `select format('%s: enabled %s, forced %s', oid::regclass, relrowsecurity, relforcerowsecurity) as line
    from pg_class where relnamespace = 'rowhouse'::regnamespace and relkind in ('r', 'p') order by 1`,
  policies: `select format('%s %s (%s, %s, to %s) using %s check %s', polrelid::regclass, polname, polcmd, case when polpermissive then 'permissive' else 'restrictive' end,
      case when polroles = '{0}' then 'public' else polroles::regrole[]::text end,
      coalesce(regexp_replace(pg_get_expr(polqual, polrelid), '\\s+', ' ', 'g'), '-'),
      coalesce(regexp_replace(pg_get_expr(polwithcheck, polrelid), '\\s+', ' ', 'g'), '-')) as line
    from pg_policy where polrelid::regclass::text like 'rowhouse.%' order by 1`,
  triggers: `select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'rowhouse'::regnamespace and not t.tgisinternal order by 1`,
  functions: `select regexp_replace(pg_get_functiondef(oid), '\\s+', ' ', 'g') as line from pg_proc where pronamespace = 'rowhouse'::regnamespace order by proname, oid::regprocedure::text`,
  "grants on tables": `select format('%s: %s to %s', c.oid::regclass, string_agg(a.privilege_type, ', ' order by a.privilege_type), coalesce(nullif(a.grantee, 0)::regrole::text, 'public')) as line
    from pg_class c, aclexplode(c.relacl) a where c.relnamespace = 'rowhouse'::regnamespace and a.grantee <> c.relowner
    group by c.oid, a.grantee order by 1`,
  "grants on columns": `select format('%s.%s: %s to %s', c.oid::regclass, t.attname, a.privilege_type, coalesce(nullif(a.grantee, 0)::regrole::text, 'public')) as line
    from pg_attribute t join pg_class c on c.oid = t.attrelid, aclexplode(t.attacl) a where c.relnamespace = 'rowhouse'::regnamespace order by 1`,
  "grants on functions": `select format('%s: %s to %s', p.oid::regprocedure, a.privilege_type, coalesce(nullif(a.grantee, 0)::regrole::text, 'public')) as line
    from pg_proc p, aclexplode(p.proacl) a where p.pronamespace = 'rowhouse'::regnamespace and a.grantee <> p.proowner order by 1`,
  "grants on the schema": `select format('%s to %s', a.privilege_type, coalesce(nullif(a.grantee, 0)::regrole::text, 'public')) as line
    from pg_namespace n, aclexplode(n.nspacl) a where n.nspname = 'rowhouse' order by 1`,
};

/** Run vitest with `-u` after a new migration, and read the difference. */
it("what the migrations install is what sql/schema.snapshot.txt says", async () => {
  const sections: string[] = [];
  for (const [title, text] of Object.entries(parts)) {
    const { rows } = await fixture.admin.query<{ line: string } & pg.QueryResultRow>(text);
    sections.push(`# ${title}\n${rows.map(({ line }) => line).join("\n")}\n`);
  }
  await expect(sections.join("\n")).toMatchFileSnapshot("../../sql/schema.snapshot.txt");
});
