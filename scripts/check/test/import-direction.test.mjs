import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../import-direction.mjs";
import { findingsIn } from "./fixture-repository.mjs";

const src = (files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`packages/rowhouse/src/${path}`, text]));
const findings = (files) => findingsIn(run, files);

test("an import from a higher layer is refused, with its line", async () => {
  const files = src({ "database/pool.ts": '\nimport { a } from "../tenant/scope.ts";\n', "tenant/scope.ts": "" });
  assert.deepEqual(await findings(files), [
    "packages/rowhouse/src/database/pool.ts:2: imports packages/rowhouse/src/tenant/scope.ts, which is a layer above it.",
  ]);
});

for (const [what, text] of Object.entries({
  "a type import": 'import type { A } from "./http/app.ts";',
  "a re-export": 'export { a } from "./http/app.ts";',
  "a dynamic import": 'const a = await import("./http/app.ts");',
  "an import for its effect": 'import "./http/app.ts";',
  "an import over several lines": 'import {\n  a,\n  b,\n} from "./http/app.ts";',
})) {
  test(`${what} counts as an import`, async () => {
    assert.equal((await findings(src({ "errors.ts": text, "http/app.ts": "" }))).length, 1);
  });
}

test("imports downwards, within a layer and within a folder are right", async () => {
  const files = src({
    "index.ts": 'export { a } from "./define-tenancy.ts"; export { b } from "./http/app.ts";',
    "http/app.ts": 'import { a } from "../define-tenancy.ts";',
    "define-tenancy.ts": 'import { m } from "./members/list.ts";',
    "members/list.ts": 'import { o } from "../organizations/find.ts"; import { e } from "../errors.ts";',
    "organizations/find.ts": 'import { n } from "./slug.ts"; import { t } from "../tenant/scope.ts";',
    "organizations/slug.ts": 'import { sql } from "kysely";',
    "tenant/scope.ts": 'import { p } from "../policy/plan.ts";',
    "policy/plan.ts": "",
    "errors.ts": "",
  });
  assert.deepEqual(await findings(files), []);
});

test("a circle of files is refused", async () => {
  const files = src({
    "members/a.ts": 'import { b } from "./b.ts";',
    "members/b.ts": 'import { c } from "../audit/c.ts";',
    "audit/c.ts": 'import { a } from "../members/a.ts";',
  });
  const found = await findings(files);
  assert.equal(found.length, 1);
  assert.match(found[0], /imports itself by way of/);
});

test("two foundation folders that import each other are refused even without a circle of files", async () => {
  const files = src({
    "policy/a.ts": 'import { b } from "../tenant/b.ts";',
    "tenant/b.ts": "",
    "tenant/c.ts": 'import { d } from "../policy/d.ts";',
    "policy/d.ts": "",
  });
  const found = await findings(files);
  assert.equal(found.length, 1);
  assert.match(found[0], /import each other/);
});

test("two domain folders may import each other when no files make a circle", async () => {
  const files = src({
    "members/a.ts": 'import { b } from "../audit/b.ts";',
    "audit/b.ts": "",
    "audit/c.ts": 'import { d } from "../members/d.ts";',
    "members/d.ts": "",
  });
  assert.deepEqual(await findings(files), []);
});

test("a folder that no layer names is refused", async () => {
  assert.match((await findings(src({ "widgets/a.ts": "" })))[0] ?? "", /has no layer/);
});

test("a package or benchmark that imports from an app is refused, by path and by name; a test of the product is not", async () => {
  const found = await findings({
    "apps/web/package.json": '{ "name": "@rowhouse/web" }',
    "apps/web/a.ts": "",
    "packages/cli/src/a.ts": 'import { a } from "../../../apps/web/a.ts";',
    "bench/b.ts": 'import { a } from "@rowhouse/web/a";',
    "tests/c.ts": 'import { a } from "../apps/web/a.ts";',
  });
  assert.equal(found.length, 2);
});

test("an app that reaches into a package is refused, one that uses its exports is not", async () => {
  const found = await findings({
    "apps/web/a.ts": 'import { x } from "../../packages/rowhouse/src/errors.ts";',
    "apps/web/b.ts": 'import { x } from "rowhouse/src/errors.ts";',
    "apps/web/c.ts": 'import { x } from "rowhouse/http"; import { y } from "rowhouse"; import z from "./d.ts";',
  });
  assert.deepEqual(
    found.map((finding) => finding.split(":")[0]),
    ["apps/web/a.ts", "apps/web/b.ts"],
  );
});
