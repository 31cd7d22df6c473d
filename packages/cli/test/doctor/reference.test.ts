import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checksFolder } from "../../src/doctor/checks-folder.ts";
import { loadChecks } from "../../src/doctor/load-checks.ts";
import { renderChecks } from "../../src/doctor/render-checks.ts";

const notChecked = await readFile(new URL("not-checked.md", checksFolder), "utf8");
const checks = await loadChecks();

/** The numbers of the catalogue of leaks, which has gaps. */
const catalogue = [
  [1, 31],
  [33, 48],
  [50, 50],
  [53, 59],
  [62, 62],
  [64, 83],
  [85, 88],
  [90, 90],
  [92, 93],
  [95, 96],
  [98, 98],
  [102, 102],
].flatMap(([from = 0, to = 0]) =>
  Array.from({ length: to - from + 1 }, (_, index) => `L${String(from + index).padStart(2, "0")}`),
);

test("the reference is what the pages say", async () => {
  const file = fileURLToPath(new URL("../../../../docs/reference/checks.md", import.meta.url));
  await expect(renderChecks(checks, notChecked)).toMatchFileSnapshot(file);
});

test("every link of the reference leads to a section of it", () => {
  const reference = renderChecks(checks, notChecked);
  const links = [...reference.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
  const sections = new Set(checks.map(({ code }) => `#${code.toLowerCase()}`));
  expect(links.filter((target) => !sections.has(target ?? ""))).toEqual([]);
});

test("every entry of the catalogue has a check, or a reason why not", () => {
  const without = [...notChecked.matchAll(/^- (L\d+): \S/gm)].map(([, id = ""]) => id);
  const covered = new Set(checks.flatMap(({ covers }) => covers));
  expect(without.filter((id) => covered.has(id))).toEqual([]);
  expect([...covered, ...without].sort(byNumber)).toEqual(catalogue);
});

test("no two checks have one name", () => {
  const names = checks.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

function byNumber(left: string, right: string): number {
  return Number(left.slice(1)) - Number(right.slice(1));
}
