import { expect, test } from "vitest";
import { judgeCell, type Outcome } from "../../src/prove/judge-cell.ts";

const reached: Outcome = { kind: "reached", what: "a row" };
const nothing: Outcome = { kind: "nothing" };
const refused = (sqlstate: string): Outcome => ({ kind: "refused", sqlstate, message: "no" });
const judge = (attack: Outcome, own: Outcome = reached, unprotected: Outcome = reached) =>
  judgeCell({ attack, own, ownGranted: null, unprotected }).verdict;

test("what reached B has crossed, also where a control did not reach", () => {
  expect(judge(reached, nothing, nothing)).toBe("crossed");
});

test("what did not reach is held only where both controls reached", () => {
  expect([judge(nothing), judge(refused("42501")), judge(refused("23503"))]).toEqual(["held", "held", "held"]);
  expect([judge(nothing, nothing), judge(nothing, reached, nothing)]).toEqual(["inconclusive", "inconclusive"]);
  expect(judge(refused("42501"), refused("42501"))).toBe("inconclusive");
});

test("a lock, a time limit or a broken server holds nothing", () => {
  for (const sqlstate of ["55P03", "57014", "40001", "40P01", "53200", "08006", "XX000"])
    expect([sqlstate, judge(refused(sqlstate))]).toEqual([sqlstate, "inconclusive"]);
});

test("what could not be tried is undecided, and nothing to reach is held only where all say so", () => {
  expect(judge({ kind: "untried", reason: "no row" })).toBe("inconclusive");
  const absent: Outcome = { kind: "absent", reason: "no table" };
  expect([judge(absent, absent, absent), judge(absent, reached, absent)]).toEqual(["held", "inconclusive"]);
});
