import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../dangerous-sql.mjs";
import { findingsIn } from "./fixture-repository.mjs";

const inSql = (sql) => findingsIn(run, { "packages/rowhouse/sql/0001-x.sql": sql });

const refused = {
  "a session SET of the context": "set rowhouse.organization_id = 'x';",
  "SET SESSION of the context": "SET SESSION rowhouse.user_id TO 'x';",
  "a default of the context on a role": "alter role app set rowhouse.organization_id = 'x';",
  "a definer without a search path": "create function f() returns int language sql security definer as $$ select 1 $$;",
  "a definer with a search path of public":
    "create or replace function f() returns int security definer set search_path = public as $$ select 1 $$;",
  "a function altered to definer": "alter function f() security definer;",
  "a definer before another function that is right":
    "create function f() security definer as $$$$;\ncreate function g() security definer set search_path = '' as $$$$;",
  "bypassrls for the runtime role": "create role rowhouse_runtime login bypassrls;",
  "the owner granted to the runtime role": "grant rowhouse_owner to rowhouse_runtime;",
  "set_config for the session": "select set_config('rowhouse.organization_id', $1, false);",
  "set_config for the session over a nested call": "select set_config('a', coalesce($1, f(1, 2)), FALSE)",
};

for (const [what, sql] of Object.entries(refused)) {
  test(`${what} is refused`, async () => assert.equal((await inSql(sql)).length, 1));
}

const allowed = {
  "SET LOCAL of the context": "set local rowhouse.organization_id = 'x';",
  "a definer with an empty search path":
    "create function f() returns int language sql security definer set search_path = '' as $$ select 1 $$;",
  "a definer whose attributes follow its body":
    "create function f() returns int as $$ select 1 $$ language sql security definer set search_path to '';",
  "an invoker function": "create function f() returns int language sql as $$ select 1 $$;",
  "bypassrls for the operator role":
    "create role rowhouse_operator bypassrls; create role rowhouse_runtime nobypassrls;",
  "a grant on a table to the runtime role": "grant select on rowhouse.owners to rowhouse_runtime;",
  "set_config for the transaction": "select set_config('rowhouse.organization_id', coalesce($1, ''), true);",
  "a comment that names what is forbidden": "-- never set rowhouse.x or set_config('a', 'b', false)\nselect 1;",
};

for (const [what, sql] of Object.entries(allowed)) {
  test(`${what} is right`, async () => assert.deepEqual(await inSql(sql), []));
}

test("SQL in TypeScript is read, with its line, and a test may break the rules", async () => {
  const text = "// set rowhouse.a = 1\nconst sql = `set rowhouse.a = 1`;\n";
  const files = { "apps/web/projects/a.ts": text, "packages/rowhouse/test/a.ts": text, "apps/web/a.test.ts": text };
  const findings = await findingsIn(run, files);
  assert.equal(findings.length, 1);
  assert.match(findings[0], /^apps\/web\/projects\/a\.ts:2: /);
});
