import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../error-codes.mjs";
import { findingsIn } from "./fixture-repository.mjs";

const source = 'export const errorCodes = [\n  "SCOPE_CLOSED",\n  "FORBIDDEN", // "NOT_ONE"\n] as const;\n';
const compare = (reference, errors = source) =>
  findingsIn(run, { "packages/rowhouse/src/errors.ts": errors, "docs/reference/errors.md": reference });

test("a code without an entry is refused", async () => {
  assert.deepEqual(await compare("## `SCOPE_CLOSED`\n"), ["docs/reference/errors.md: no entry for FORBIDDEN."]);
});

test("an entry without a code is refused", async () => {
  const findings = await compare("## SCOPE_CLOSED\n\n## FORBIDDEN\n\n## GONE_CODE\n");
  assert.deepEqual(findings, ["packages/rowhouse/src/errors.ts: no code for the entry GONE_CODE."]);
});

test("headings and first cells are entries, words in the text are not", async () => {
  const reference = "## SCOPE_CLOSED\n\nSee `OTHER_WORD`.\n\n| Code | SQLSTATE |\n|---|---|\n| `FORBIDDEN` | `X` |\n";
  assert.deepEqual(await compare(reference), []);
});

test("a list that cannot be read and a file that is missing are refused, not passed over", async () => {
  assert.equal((await compare("", "export const codes = [];")).length, 1);
  assert.equal((await findingsIn(run, { "docs/reference/errors.md": "" })).length, 1);
});
