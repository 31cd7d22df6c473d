import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWeb, type Web } from "./fixture/open-web";
import { runRowhouse } from "./fixture/run-rowhouse";

/** What a proof reaches in this product that is meant, each with its reason. */
const meant: Readonly<Record<string, string>> = {
  "on-conflict-oracle|rowhouse.organization_slugs|rowhouse.organization_slugs_pkey":
    "A slug is one organization's in the whole product, and its form says so.",
  "unique-oracle|rowhouse.organization_slugs|rowhouse.organization_slugs_pkey":
    "A slug is one organization's in the whole product, and its form says so.",
};

interface Cell {
  readonly verdict: string;
  readonly level: string;
  readonly cacheKey: string;
}

/** What a trigger asks of a row's values, which no constraint says. */
const values = { "rowhouse.audit_events": { action: "project.created", actor_kind: "user" } };

let web: Web;
let folder: string;

beforeAll(async () => {
  web = await openWeb();
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-prove-"));
  await writeFile(path.join(folder, "values.json"), JSON.stringify(values));
});
afterAll(async () => {
  await web[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("whatever is tried from one organization is held, but for what is meant, and no cell is undecided", async () => {
  const { cells } = (await runRowhouse(web, "prove", ["--rollback", "--values", path.join(folder, "values.json")])) as {
    cells: Cell[];
  };
  expect(cells.length).toBeGreaterThan(500);
  expect(cells.filter(({ verdict }) => verdict === "inconclusive")).toEqual([]);
  const crossed = cells.filter(({ verdict, level }) => verdict === "crossed" && level !== "info");
  expect(crossed.map(({ cacheKey }) => cacheKey).sort()).toEqual(Object.keys(meant).sort());
}, 120_000);
