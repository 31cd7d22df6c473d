import assert from "node:assert/strict";
import { test } from "node:test";
import { runMutants } from "../run-mutants.mjs";

const subject = (name, what = "without a guard") => ({ path: `/${name}`, name, text: "", mutant: { line: 1, what } });

/** Tests that fail for the mutants of a file that is named for them. */
function suite(kills, testFiles) {
  const asked = [];
  const run = async (testFile, mutated) => {
    if (mutated !== undefined) asked.push(`${testFile} ${mutated.name}`);
    return { ok: mutated === undefined || !kills(testFile, mutated.name), failure: "a rule" };
  };
  return { asked, options: { run, testFiles, print: () => undefined } };
}

test("a mutant that a test notices is killed, one that none notices survives", async () => {
  const { options } = suite((testFile, name) => name === "a" && testFile === "two", ["one", "two"]);
  const { killed, survived } = await runMutants([subject("a"), subject("b")], options);
  assert.deepEqual(
    [killed, survived].map((list) => list.map(({ name }) => name)),
    [["a"], ["b"]],
  );
});

test("the test that killed before is asked first, and no other after it", async () => {
  const { asked, options } = suite((testFile) => testFile === "two", ["one", "two"]);
  await runMutants([subject("a"), subject("a")], options);
  assert.equal(asked.at(-1), "two a");
  assert.equal(asked.filter((line) => line === "two a").length, 2);
  assert.ok(asked.length <= 3);
});

test("races are run for locks alone", async () => {
  const { asked, options } = suite(() => false, ["racing-members.test.ts"]);
  await runMutants([subject("a"), subject("b", "without .forUpdate()")], options);
  assert.deepEqual(asked, ["racing-members.test.ts b"]);
});

test("a test that fails by itself judges nothing", async () => {
  const { options } = suite(() => false, ["broken"]);
  const run = async () => ({ ok: false, failure: "a rule" });
  await assert.rejects(runMutants([subject("a")], { ...options, run }), /broken fails without any mutant/);
});
