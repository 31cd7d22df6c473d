import { expect, it } from "vitest";
import { changeLines } from "../../audit/change-lines";

it("a changed value has both sides, one that came or went has one", () => {
  expect(changeLines({ role: "member", old: 1 }, { role: "admin", young: true })).toEqual([
    { name: "role", before: "member", after: "admin" },
    { name: "old", before: "1", after: undefined },
    { name: "young", before: undefined, after: "true" },
  ]);
});

it("equal values are left out, and so is an event without values", () => {
  expect(changeLines({ name: "Acme", list: ["a"] }, { name: "Acme", list: ["a"] })).toEqual([]);
  expect(changeLines(null, null)).toEqual([]);
});

it("nested values are told apart by their path, and a name with a dot keeps it", () => {
  expect(changeLines({ a: { b: 1, c: { d: 2 } } }, { a: { b: 1, c: { d: 3 } }, "x.y": [] })).toEqual([
    { name: "a.c.d", before: "2", after: "3" },
    { name: "x.y", before: undefined, after: "—" },
  ]);
});

it("nothing, the empty text and the text null are told apart", () => {
  expect(changeLines({ a: null, b: "null" }, { a: "", b: null })).toEqual([
    { name: "a", before: "—", after: "“”" },
    { name: "b", before: "null", after: "—" },
  ]);
});

it("lists of words read as such, and other lists as they are written", () => {
  expect(changeLines(null, { scopes: ["projects:read", "tasks:read"], deep: [{ a: 1 }] })).toEqual([
    { name: "scopes", before: undefined, after: "projects:read, tasks:read" },
    { name: "deep", before: undefined, after: '[{"a":1}]' },
  ]);
});
