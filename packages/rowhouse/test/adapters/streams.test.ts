import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { sql } from "kysely";
import Cursor from "pg-cursor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openKysely } from "../../src/adapters/kysely.ts";
import { openClient } from "../../src/adapters/pg.ts";
import { codeOf } from "../fixture/code-of.ts";
import { rowsOf } from "./rows-of.ts";
import { openTwoOrganizations, type FixtureTenant, type TwoOrganizations } from "../fixture/two-organizations.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  // One connection for all: what a stream leaves on it meets the next tenant.
  world = await openTwoOrganizations({ maxConnections: 1 });
});

afterAll(() => world[Symbol.asyncDispose]());

/** A stream of rows as `pg-query-stream` makes it, which carries its cursor. */
class CursorStream extends Readable {
  readonly cursor: Cursor<{ n: number }>;

  constructor(text: string) {
    super({ objectMode: true, highWaterMark: 2 });
    this.cursor = new Cursor(text, []);
  }

  submit(connection: never): void {
    (this.cursor as unknown as { submit(connection: never): void }).submit(connection);
  }

  override _read(size: number): void {
    this.cursor.read(size, (error: Error | undefined, rows) => {
      if (error) return void this.destroy(error);
      for (const row of rows) this.push(row);
      if (rows.length < size) this.push(null);
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.cursor.close((closing: Error | undefined) => done(closing ?? error));
  }
}

type Numbers = AsyncIterable<{ n: number }>;

/** `text` gives a column n. */
const ways: Record<string, (tenant: FixtureTenant, text: string) => Promise<Numbers>> = {
  "of Kysely": async (tenant, text) =>
    openKysely(tenant)
      .selectNoFrom(sql<number>`${sql.raw(text)}`.as("n"))
      .stream(2),
  "of pg-query-stream": async (tenant, text) => {
    const client = openClient(tenant);
    await client.query("begin");
    return client.query(new CursorStream(`select ${text} as n`));
  },
  "of the reference's example": async (tenant, text) => rowsOf<{ n: number }>(tenant, `select ${text} as n`),
};

const undo = new Error("on purpose");

/** What a reader, the scope or the database does to a stream in the middle of it, and how the scope ends then. */
const ends: Record<
  string,
  { readonly ends: RegExp; readonly read: (open: Open, tenant: FixtureTenant) => Promise<unknown> }
> = {
  "whose reader leaves": {
    ends: /^ok$/,
    read: async (open) => {
      for await (const { n } of await open("generate_series(1, 9)")) if (n === 3) break;
    },
  },
  "whose reader throws": {
    ends: /on purpose/,
    read: async (open) => {
      for await (const { n } of await open("generate_series(1, 9)")) if (n === 3) throw undo;
    },
  },
  "that fails in the middle": {
    ends: /^DATABASE_ERROR|INVALID_VALUE$/,
    read: async (open) => {
      for await (const { n } of await open("1 / (5 - generate_series(1, 9))")) expect(n).toBeTypeOf("number");
    },
  },
  "that its scope outlives, half read": {
    ends: /^ok$/,
    read: async (open) => (await open("generate_series(1, 9)"))[Symbol.asyncIterator]().next(),
  },
  "that its scope outlives, waiting for a row": {
    ends: /^ok$/,
    read: async (open) => {
      const rows = (await open("generate_series(1, 9) + case when pg_sleep(5) is null then 0 end"))[
        Symbol.asyncIterator
      ]();
      void rows.next().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
  },
  "whose connection is lost": {
    ends: /^CONNECTION_LOST$/,
    read: async (open) => {
      for await (const { n: pid } of await open("pg_backend_pid() + 0 * generate_series(1, 9)"))
        await world.fixture.admin.query("select pg_terminate_backend($1)", [pid]);
    },
  },
};

type Open = (text: string) => Promise<Numbers>;

describe.each(Object.entries(ways))("a stream %s", (_, open) => {
  it.each(Object.entries(ends))("%s leaves nothing to the next tenant", async (_, { ends: ending, read }) => {
    const work = world.inAcme((tenant) => read((text) => open(tenant, text), tenant));
    expect(await codeOf(work)).toMatch(ending);
    const { total, idle, waiting } = world.tenancy.connections();
    expect({ inUse: total - idle, waiting }).toEqual({ inUse: 0, waiting: 0 });
    const seen = await world.inGlobex(async (tenant) => {
      const text = "select name, (select count(*)::int from pg_cursors where name <> '') as cursors from projects";
      return (await openClient(tenant).query(text)).rows;
    });
    expect(seen).toEqual([{ name: "globex secret", cursors: 0 }]);
  });
});

it("the reference's example is the one that runs here, and gives every row", async () => {
  const [reference, example] = await Promise.all(
    ["../../../../docs/reference/adapters.md", "./rows-of.ts"].map((file) =>
      readFile(new URL(file, import.meta.url), "utf8"),
    ),
  );
  expect(reference).toContain(example?.slice(example.indexOf("export async function*")));
  await world.inAcme(async (tenant) => {
    let last = 0;
    for await (const { n } of rowsOf<{ n: number }>(tenant, "select generate_series(1, $1::int) as n", [2_500])) {
      expect(n).toBe((last += 1));
    }
    expect(last).toBe(2_500);
  });
});
