import assert from "node:assert/strict";
import { test } from "node:test";
import { advise, run } from "../file-size.mjs";
import { findingsIn } from "./fixture-repository.mjs";

const lines = (count) => "x;\n".repeat(count);

test("a file of 401 lines is refused, one of 400 is not", async () => {
  assert.deepEqual(await findingsIn(run, { "a.ts": lines(401), "b.ts": lines(400) }), [
    "a.ts: 401 lines, at most 400. Split it by what it is about.",
  ]);
});

test("SQL, documents, the lock and generated files may be long", async () => {
  const long = lines(900);
  const files = {
    "a.sql": long,
    "a.md": long,
    "package-lock.json": long,
    "generated/a.ts": long,
    "a.generated.ts": long,
  };
  assert.deepEqual(await findingsIn(run, files), []);
});

test("a file of 251 lines is named as advice, one of 250 is not", async () => {
  assert.deepEqual(await findingsIn(advise, { "a.tsx": lines(251), "b.tsx": lines(250) }), [
    "a.tsx: 251 lines, better under 250.",
  ]);
});
