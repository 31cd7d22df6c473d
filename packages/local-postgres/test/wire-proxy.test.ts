import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LocalPostgres, WireProxy } from "../src/index.ts";
import { startLocalPostgres, startWireProxy } from "../src/index.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

let folder: TemporaryFolder;
let postgres: LocalPostgres;
let proxy: WireProxy;
let client: pg.Client;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  postgres = await startLocalPostgres({ dataFolder: folder.path, durable: false });
});
afterAll(async () => {
  await postgres.stop();
  await folder[Symbol.asyncDispose]();
});
beforeEach(async () => {
  proxy = await startWireProxy({ target: { host: "127.0.0.1", port: postgres.port } });
  client = await connectClient();
});
afterEach(async () => {
  await client.end();
  await proxy.close();
});

async function connectClient(options: pg.ClientConfig = {}): Promise<pg.Client> {
  const connected = new pg.Client({ connectionString: proxy.url(postgres.url("postgres")), ...options });
  await connected.connect();
  return connected;
}

describe("counting", () => {
  it("leaves the start-up of a session out", () => {
    expect(proxy.counts()).toEqual({ roundTrips: 0, flights: 0, syncs: 0, simpleQueries: 0, messages: {} });
  });

  it("tells a simple query from an extended one, each one round trip", async () => {
    await client.query("select 1");
    expect(proxy.counts()).toEqual({ roundTrips: 1, flights: 1, syncs: 0, simpleQueries: 1, messages: { Query: 1 } });
    proxy.reset();
    await client.query("select $1::int", [1]);
    expect(proxy.counts()).toEqual({
      roundTrips: 1,
      flights: 1,
      syncs: 1,
      simpleQueries: 0,
      messages: { Parse: 1, Bind: 1, Describe: 1, Execute: 1, Sync: 1 },
    });
  });

  it("finds four round trips in a transaction of four statements", async () => {
    await client.query("begin");
    await client.query("select set_config('a.b', $1, true)", ["x"]);
    await client.query("select $1::int", [1]);
    await client.query("commit");
    expect(proxy.counts()).toMatchObject({ roundTrips: 4, flights: 4, syncs: 2, simpleQueries: 2 });
  });

  it("is not misled by messages that span many chunks, nor by failing statements", async () => {
    const long = "S".repeat(3_000_000);
    const { rows } = await client.query<{ echo: string }>("select $1::text || 'Z' as echo", [long]);
    expect(rows[0]?.echo).toBe(`${long}Z`);
    await expect(client.query("select 1 / $1::int", [0])).rejects.toMatchObject({ code: "22012" });
    // node-postgres rejects on the error itself; the ReadyForQuery after it may still be on its way.
    await expect.poll(() => proxy.counts().roundTrips).toBe(2);
    expect(proxy.counts()).toMatchObject({ syncs: 2, messages: { Parse: 2, Sync: 2 } });
  });

  it("sees several Syncs sent in one go as one flight", async () => {
    const pipelined = await connectClient({ pipeline: true });
    proxy.reset();
    proxy.setDelay(20);
    await Promise.all([1, 2, 3].map((value) => pipelined.query("select $1::int", [value])));
    expect(proxy.counts()).toMatchObject({ flights: 1, roundTrips: 3, syncs: 3 });
    await pipelined.end();
  });

  it("follows a session that first asks for encryption and is told that there is none", async () => {
    const connectionString = proxy.url(postgres.url("postgres"));
    const encrypted = new pg.Client({ connectionString, ssl: { rejectUnauthorized: false } });
    await expect(encrypted.connect()).rejects.toThrow();
    await client.query("select 1");
    expect(proxy.counts()).toMatchObject({ roundTrips: 1, simpleQueries: 1 });
  });
});

describe("delay", () => {
  it("of 1 ms each way costs close to 2 ms a round trip", async () => {
    const without = await measureRoundTrips(200);
    proxy.setDelay(1);
    const delayed = await measureRoundTrips(200);
    expect(delayed.shortest).toBeGreaterThanOrEqual(2);
    // A low percentile: what other programs on the machine take from us is not the proxy's.
    expect(delayed.lowDecile - without.lowDecile).toBeLessThan(2.6);
  });

  it("is latency, not lack of bandwidth, and keeps the order", async () => {
    const text = "select string_agg(n::text, ',' order by n) as list from generate_series(1, 1500000) as n";
    const plain = await timeMs(() => client.query(text));
    proxy.setDelay(10);
    const { rows } = await client.query<{ list: string }>(text);
    const delayed = await timeMs(() => client.query(text));
    expect(rows[0]?.list).toBe(Array.from({ length: 1_500_000 }, (_, index) => index + 1).join(","));
    // 10 MB are hundreds of chunks; slept through one by one they would take seconds.
    expect(delayed - plain).toBeLessThan(1_000);
    expect(delayed).toBeGreaterThan(20);
  });
});

describe("breaking", () => {
  it("cut destroys the connections of now and welcomes new ones", async () => {
    const victim = await connectClient();
    const died = new Promise((resolve) => victim.on("error", resolve));
    const query = expect(victim.query("select pg_sleep(30)")).rejects.toThrow();
    const bystander = client;
    bystander.on("error", () => undefined);
    proxy.cut();
    await query;
    await died;
    client = await connectClient();
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });

  it("pause holds an answer back until resume", async () => {
    proxy.pause();
    let answered = false;
    const query = client.query<{ one: number }>("select 1 as one").then(({ rows }) => {
      answered = true;
      return rows;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(answered).toBe(false);
    proxy.resume();
    expect(await query).toEqual([{ one: 1 }]);
  });

  it("close refuses connections from then on", async () => {
    const other = await startWireProxy({ target: { host: "127.0.0.1", port: postgres.port } });
    await other.close();
    const late = new pg.Client({ connectionString: other.url(postgres.url("postgres")) });
    await expect(late.connect()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

async function measureRoundTrips(runs: number): Promise<{ shortest: number; lowDecile: number }> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await timeMs(() => client.query("select $1::int", [run])));
  times.sort((a, b) => a - b);
  return { shortest: times[0] ?? Number.NaN, lowDecile: times[Math.floor(runs / 10)] ?? Number.NaN };
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
