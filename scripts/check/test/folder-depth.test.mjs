import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../folder-depth.mjs";
import { findingsIn } from "./fixture-repository.mjs";

test("a third folder below a package's src is refused", async () => {
  const findings = await findingsIn(run, { "packages/rowhouse/src/a/b/c/d.ts": "" });
  assert.deepEqual(findings, [
    "packages/rowhouse/src/a/b/c: more than 2 folders below src. Make it a noun of its own, higher.",
  ]);
});

test("two folders below src, and any depth elsewhere, are right", async () => {
  const files = {
    "packages/rowhouse/src/a/b/c.ts": "",
    "packages/rowhouse/test/a/b/c/d.ts": "",
    "apps/web/app/a/b/c/d/e.ts": "",
  };
  assert.deepEqual(await findingsIn(run, files), []);
});
