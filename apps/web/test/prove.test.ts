import { afterAll, beforeAll, expect, test } from "vitest";
import { openWeb, type Web } from "./fixture/open-web";
import { runRowhouse } from "./fixture/run-rowhouse";

/** What a proof reaches in this product that is meant, each with its reason. */
const meant: Readonly<Record<string, string>> = {};

interface Cell {
  readonly verdict: string;
  readonly level: string;
  readonly cacheKey: string;
}

let web: Web;

beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web[Symbol.asyncDispose]());

test("whatever is tried from one organization is held, but for what is meant, and no cell is undecided", async () => {
  const { cells } = (await runRowhouse(web, "prove", ["--rollback"])) as { cells: Cell[] };
  expect(cells.length).toBeGreaterThan(500);
  expect(cells.filter(({ verdict }) => verdict === "inconclusive")).toEqual([]);
  const crossed = cells.filter(({ verdict, level }) => verdict === "crossed" && level !== "info");
  expect(crossed.map(({ cacheKey }) => cacheKey).sort()).toEqual(Object.keys(meant).sort());
}, 120_000);
