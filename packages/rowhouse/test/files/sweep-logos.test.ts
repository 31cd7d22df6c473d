import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderStore, sweepLogos, type FileStore, type Operate } from "../../src/files/index.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";

let two: TwoOrganizations;
let folder: string;
let store: FileStore;
let operate: Operate;

beforeEach(async () => {
  two = await openTwoOrganizations();
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-sweep-"));
  store = folderStore({ folder });
  const staff = two.fixture.open({}, { operatorUrl: two.fixture.operatorUrl });
  operate = (work) => staff.operate({ operator: "nightly", reason: "logos that nobody has" }, work);
});

afterEach(async () => {
  await two[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** A logo that was stored so many hours ago. */
async function stored(organizationId: string, hoursAgo: number): Promise<string> {
  const key = `${organizationId}/logos/${uuidv7({ msecs: Date.now() - hoursAgo * 3600_000 })}.webp`;
  await store.put(key, Buffer.from("logo"));
  return key;
}

async function pointTo(organizationId: string, key: string | null): Promise<void> {
  await two.fixture.admin.query("update rowhouse.organizations set logo_key = $2 where id = $1", [organizationId, key]);
}

async function collect(keys: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const key of keys) all.push(key);
  return all;
}

const left = async () => (await collect(store.list())).sort();

describe("the sweep of logos", () => {
  it("removes what no organization has, also of one that is gone, and keeps every logo that is shown", async () => {
    const shown = [await stored(two.acme.id, 900), await stored(two.globex.id, 900)];
    await pointTo(two.acme.id, shown[0] ?? null);
    await pointTo(two.globex.id, shown[1] ?? null);
    await stored(two.acme.id, 48);
    await stored(two.globex.id, 25);
    await stored(uuidv7(), 25);
    expect(await sweepLogos(store, operate)).toBe(3);
    expect(await left()).toEqual(shown.sort());
    expect(await sweepLogos(store, operate)).toBe(0);
    expect(await left()).toEqual(shown);
  });

  it("leaves an upload in progress alone: what is not a day old", async () => {
    const uploads = [await stored(two.acme.id, 0), await stored(two.globex.id, 23)];
    expect(await sweepLogos(store, operate)).toBe(0);
    expect(await left()).toEqual(uploads.sort());
  });

  it("keeps a logo as long as any organization points to it", async () => {
    const key = await stored(two.acme.id, 48);
    await pointTo(two.globex.id, key);
    expect(await sweepLogos(store, operate)).toBe(0);
    await pointTo(two.globex.id, null);
    expect(await sweepLogos(store, operate)).toBe(1);
  });

  it("leaves files alone that are no logos", async () => {
    const id = uuidv7({ msecs: 1_600_000_000_000 });
    const others = [`logos/${id}.png`, `logos/one.webp`, `logos/more/${id}.webp`, `exports/${id}.webp`, `${id}.webp`];
    const keys = others.map((name) => `${two.acme.id}/${name}`);
    for (const key of keys) await store.put(key, Buffer.from("x"));
    expect(await sweepLogos(store, operate)).toBe(0);
    expect(await left()).toEqual(keys.sort());
  });

  it("says why an operator crossed tenants, and crosses none for an empty store", async () => {
    const lines = async () =>
      (await two.fixture.admin.query<{ reason: string }>("select reason from rowhouse.operator_log")).rows;
    await sweepLogos(store, operate);
    expect(await lines()).toEqual([]);
    await stored(two.acme.id, 48);
    await sweepLogos(store, operate);
    expect(await lines()).toEqual([{ reason: "logos that nobody has" }]);
  });
});
