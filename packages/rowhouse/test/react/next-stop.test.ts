import { describe, expect, it } from "vitest";
import { findOrganizations } from "../../src/react/find-organizations.ts";
import { nextStop } from "../../src/react/next-stop.ts";
import { viewOf } from "./view.ts";

describe("a key", () => {
  const keys = ["a", "b", "c"];
  const go = (key: string, current?: string, isTyping = false) => nextStop(key, { keys, current, isTyping });

  it("Arrow down goes on and round, and begins at the first", () => {
    expect([go("ArrowDown"), go("ArrowDown", "a"), go("ArrowDown", "c")]).toEqual(["a", "b", "a"]);
  });

  it("Arrow up goes back and round, and begins at the last", () => {
    expect([go("ArrowUp"), go("ArrowUp", "b"), go("ArrowUp", "a")]).toEqual(["c", "a", "c"]);
  });

  it("Home and End go to the ends, save in text, where they move the caret", () => {
    expect([go("Home", "b"), go("End", "b"), go("Home", "a", true), go("End", "a", true)]).toEqual([
      "a",
      "c",
      undefined,
      undefined,
    ]);
  });

  it("from a stop that is gone goes to an end", () => {
    expect([go("ArrowDown", "gone"), go("ArrowUp", "gone")]).toEqual(["a", "c"]);
  });

  it("of another kind, and any key where there is no stop, leads nowhere", () => {
    expect(["Tab", "Enter", "Escape", "x", "ArrowRight"].map((key) => go(key, "a"))).toEqual(Array.from({ length: 5 }));
    expect(["ArrowDown", "ArrowUp"].map((key) => nextStop(key, { keys: [], current: "a", isTyping: false }))).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe("a search", () => {
  const { organizations } = viewOf(["Acme", "Zoë & Söhne", "İstanbul Works", "Globex (.*)"]);
  const found = (search: string) => findOrganizations(organizations, search).map(({ name }) => name);

  it("without a word finds all, in their order", () => {
    expect(found(" \t ")).toEqual(organizations.map(({ name }) => name));
  });

  it("finds by parts of words in any order, whatever case and accents", () => {
    expect([found("SOH zoe"), found("istanbul"), found("ACM")]).toEqual([
      ["Zoë & Söhne"],
      ["İstanbul Works"],
      ["Acme"],
    ]);
  });

  it("takes signs as they are", () => {
    expect([found("(.*)"), found("%"), found("acme globex")]).toEqual([["Globex (.*)"], [], []]);
  });
});
