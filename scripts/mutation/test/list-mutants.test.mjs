import assert from "node:assert/strict";
import { test } from "node:test";
import { applyMutant, listMutants } from "../list-mutants.mjs";

/** Every text that one mutant makes of this one. */
function mutate(text) {
  return listMutants(text).map((mutant) => applyMutant(text, mutant));
}

test("a refusal is taken out as a whole, and its condition turned around", () => {
  assert.deepEqual(mutate("if (row === undefined) throw notFound();"), [
    ";",
    "if (!(row === undefined)) throw notFound();",
  ]);
  assert.deepEqual(mutate("if (a) { throw b; }"), [";", "if (!(a)) { throw b; }"]);
  assert.deepEqual(mutate("if (a) return [];"), [";", "if (!(a)) return [];"]);
});

test("an if that goes on afterwards, or has an else, is only turned around", () => {
  assert.deepEqual(mutate("if (a) query = b;"), ["if (!(a)) query = b;"]);
  assert.deepEqual(mutate("if (a) throw b; else c();"), ["if (!(a)) throw b; else c();", "if (a) ; else c();"]);
});

test("a throw at the end of a function is taken out", () => {
  assert.deepEqual(mutate("function f() { return; throw a; }"), ["function f() { return; ; }"]);
});

test("calls that assert, lock or record are taken out, awaited or not", () => {
  assert.deepEqual(mutate('tenant.assertCan("a:b");'), [";"]);
  assert.deepEqual(mutate("await lockMembers(within);"), [";"]);
  assert.deepEqual(mutate("within.record(event);"), [";"]);
});

test("a call whose value is used stays, and so does one with another name", () => {
  assert.deepEqual(mutate("const members = await lockMembers(within); send(); recorded();"), []);
});

test("each half of && and || is dropped", () => {
  assert.deepEqual(mutate("const x = a && b;"), ["const x = (a);", "const x = (b);"]);
  assert.deepEqual(mutate("const x = a || b;"), ["const x = (a);", "const x = (b);"]);
  assert.deepEqual(mutate("const x = a ?? b;"), []);
});

test("a where, a filter and a row lock are dropped from their chain, and nothing else is", () => {
  assert.deepEqual(mutate('db.select("a").where("id", "=", id).limit(1);'), ['db.select("a").limit(1);']);
  assert.deepEqual(mutate("query.forUpdate().execute();"), ["query.execute();"]);
  assert.deepEqual(mutate("rows.filter(isOpen).map(name);"), ["rows.map(name);"]);
});

test("the condition of a choice is turned around", () => {
  assert.deepEqual(mutate("const x = a ? b : c;"), ["const x = !(a) ? b : c;"]);
});

test("a mutant knows its line, the function around it and what it is", () => {
  const [mutant] = listMutants("\nfunction join() {\n  assertPerson(\n    user);}");
  assert.equal(mutant.line, 3);
  assert.equal(mutant.inside, "join");
  assert.equal(mutant.what, "without assertPerson( user);");
});

test("text and comments that look like guards are none", () => {
  assert.deepEqual(mutate("// if (a) throw b;\nconst text = 'assertCan()';"), []);
});
