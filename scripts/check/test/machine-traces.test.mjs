import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../machine-traces.mjs";
import { findingsIn } from "./fixture-repository.mjs";

// Put together here, so that this file is not a finding itself.
const folder = (...names) => ["", ...names, ""].join("/");
const host = (...names) => names.join(".");

const traces = {
  "a folder of the work machine": `cd ${folder("work", "main")}`,
  "root's home": `cache: "${folder("root")}.npm"`,
  "a registry host": `https://${host("registry", "example", "org")}/x`,
  "a registry setting": ["registry", "https://mirror.example/"].join("="),
  "a resolved address in a lock": ['"resolved', '"https://mirror.example/x.tgz"'].join('": '),
};

for (const [what, text] of Object.entries(traces)) {
  test(`${what} is refused, with its line`, async () => {
    const findings = await findingsIn(run, { "a.txt": `\n${text}\n` });
    assert.equal(findings.length, 1);
    assert.match(findings[0], /^a\.txt:2: /);
  });
}

test("relative paths, addresses and routes that hold the same words are right", async () => {
  const text = [
    `../${["work", "x"].join("/")}`,
    `https://example.org${folder("work", "a")}`,
    "docs/root/a",
    "/workers/",
  ].join("\n");
  assert.deepEqual(await findingsIn(run, { "a.md": text }), []);
});

test("binary files are not read as text", async () => {
  assert.deepEqual(await findingsIn(run, { "a.png": `\0 ${folder("work")}` }), []);
});
