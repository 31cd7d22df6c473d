import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../names.mjs";
import { findingsIn } from "./fixture-repository.mjs";

for (const path of ["src/utils/a.ts", "src/types.ts", "src/helpers.test.ts", "lib/a.ts", "common.d.ts"]) {
  test(`${path} is refused as a name that collects`, async () => {
    const findings = await findingsIn(run, { [path]: "" });
    assert.equal(findings.length, 1);
    assert.match(findings[0], /says nothing/);
  });
}

for (const path of ["src/fooBar.ts", "src/Foo.tsx", "src/foo_bar.sql", "src/[id]/page.tsx", "Src/a.ts"]) {
  test(`${path} is refused as not kebab-case`, async () => {
    const findings = await findingsIn(run, { [path]: "" });
    assert.equal(findings.length, 1);
    assert.match(findings[0], /not kebab-case/);
  });
}

test("names that hold such a word, Next's routes and conventional names are well formed", async () => {
  const files = {
    "src/shared-placement.ts": "",
    "src/job-types.ts": "",
    "sql/0001-roles.sql": "",
    "docs/decisions/0001-row-security.md": "",
    "README.md": "",
    LICENSE: "",
    ".ci/run": "",
    "apps/web/app/[orgSlug]/projects/[projectId]/page.tsx": "",
    "apps/web/app/(identity)/sign-in/page.tsx": "",
    "apps/web/app/api/[[...rest]]/route.ts": "",
    "apps/web/app/_shell/side-bar.tsx": "",
  };
  assert.deepEqual(await findingsIn(run, files), []);
});
