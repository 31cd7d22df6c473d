import { expect, test } from "vitest";
import { allAxes, selectAxes } from "../select-axes.ts";

test("no word selects everything", () => {
  expect(selectAxes([])).toEqual(allAxes);
});

test("words of one kind are alternatives, and a kind without a word is whole", () => {
  const axes = selectAxes(["list", "get", "8"]);
  expect(axes).toEqual({ ...allAxes, parts: ["operations"], operations: ["list", "get"], connections: [8] });
});

test("a part alone leaves the others out, and comes along with the operations when both are named", () => {
  expect(selectAxes(["memory"]).parts).toEqual(["memory"]);
  expect(selectAxes(["memory", "direct"]).parts).toEqual(["operations", "memory"]);
});

test("a word that is none is refused", () => {
  expect(() => selectAxes(["lists"])).toThrow("--axes does not know lists");
});
