import Cursor from "pg-cursor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openClient } from "../../src/adapters/pg.ts";
import type { TenantClient } from "../../src/adapters/pg.ts";
import { refused } from "../fixture/refused.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 3 });
});

afterAll(() => world[Symbol.asyncDispose]());

const countOf = async (client: TenantClient): Promise<unknown> =>
  (await client.query("select count(*)::integer as n from projects")).rows[0]?.["n"];

const insert =
  "insert into projects (organization_id, name) values (current_setting('rowhouse.organization_id')::uuid, $1)";

describe("a client of a tenant answers as node-postgres does", () => {
  it("names, values, counts and fields come as Postgres has them", async () => {
    await world.inAcme(async (tenant) => {
      const client = openClient(tenant);
      const result = await client.query("select name, created_at, 7::bigint as big from projects");
      expect(result).toMatchObject({
        command: "SELECT",
        rowCount: 1,
        fields: [{ name: "name" }, {}, { dataTypeID: 20 }],
      });
      expect(result.rows).toEqual([{ name: "acme secret", created_at: expect.any(Date) as Date, big: "7" }]);
      const asArray = await client.query({ text: "select name, 7 as n from projects", rowMode: "array" });
      expect(asArray.rows).toEqual([["acme secret", 7]]);
      const types = { getTypeParser: () => (text: string) => `<${text}>` };
      for (let time = 0; time < 2; time += 1) {
        const { rows } = await client.query({ text: "select 1 as n, $1::text as t", values: ["x"], types });
        expect(rows).toEqual([{ n: "<1>", t: "<x>" }]);
      }
      expect((await client.query("select 1 as n, $1::text as t", ["x"])).rows).toEqual([{ n: 1, t: "x" }]);
    });
  });

  it("a callback gets the result or the coded error", async () => {
    await world.inAcme(async (tenant) => {
      const client = openClient(tenant);
      const answer = await new Promise((resolve) => {
        client.query("select $1::text as t", ["x"], (_, { rows }) => resolve(rows));
      });
      expect(answer).toEqual([{ t: "x" }]);
      const error = await new Promise((resolve) => client.query("select nonsense", (found) => resolve(found)));
      expect(error).toMatchObject({ code: "DATABASE_ERROR", sqlstate: "42703" });
    });
  });

  it("a statement that is none is a TypeError; one with another number of values than parameters is not a lost connection", () =>
    world.inAcme(async (tenant) => {
      const client = openClient(tenant);
      for (const none of [undefined, null, 7, { values: [] }]) {
        await expect(client.query(none as never)).rejects.toThrow("query expects SQL text");
      }
      await client.query("begin");
      await client.query(insert, ["kept"]);
      const failing = client.query("select $1::text as t", []);
      await expect(failing).rejects.toMatchObject({ code: "DATABASE_ERROR", sqlstate: "08P01" });
      await client.query("rollback");
      expect(await countOf(client)).toBe(1);
    }));

  it.each(["copy projects to stdout", "listen x", "prepare p as select 1", "commit and chain", "discard all"])(
    "%s is refused before it is sent",
    (text) => world.inAcme((tenant) => refused(openClient(tenant).query(text), "UNSCOPABLE_STATEMENT")),
  );
});

describe("a cursor", () => {
  const numbers = "select n, n::text as t from generate_series(1, $1::int) as n";

  it("of pg-cursor gives rows some at a time, in the tenant's transaction or one of the client's", () =>
    world.inAcme(async (tenant) => {
      const client = openClient(tenant);
      expect(() => client.query(new Cursor(numbers, [5]))).toThrow(
        expect.objectContaining({ code: "UNSCOPABLE_STATEMENT" }),
      );
      await client.query("begin");
      const cursor = client.query(new Cursor(numbers, [5]));
      expect(await cursor.read(2)).toEqual([
        { n: 1, t: "1" },
        { n: 2, t: "2" },
      ]);
      expect((await cursor.read(2)).length).toBe(2);
      expect(await cursor.read(2)).toEqual([{ n: 5, t: "5" }]);
      expect(await cursor.read(2)).toEqual([]);
      await cursor.close();
      const names = client.query(new Cursor("select name from projects", [], { rowMode: "array" }));
      expect(await names.read(10)).toEqual([["acme secret"]]);
      await client.query("commit");
      await tenant.transaction(async (within) => {
        const inside = openClient(within).query(new Cursor(numbers, [3]));
        expect((await inside.read(2)).length).toBe(2);
        await inside.close();
        expect(await countOf(openClient(within))).toBe(1);
      });
    }));

  it("that fails tells its reader, and is dead after its scope", async () => {
    const cursor = await world.inAcme(async (tenant) => {
      const client = openClient(tenant);
      await client.query("begin");
      const broken = client.query(new Cursor("select nonsense", []));
      await refused(broken.read(1), "DATABASE_ERROR");
      await client.query("rollback");
      await client.query("begin");
      return client.query(new Cursor(numbers, [5]));
    });
    await refused(cursor.read(1), "SCOPE_CLOSED");
  });

  it("is all that may take the connection", () =>
    world.inAcme(async (tenant) => {
      const greedy = { text: "copy projects to stdout", submit: () => undefined };
      expect(() => openClient(tenant).query(greedy)).toThrow(expect.objectContaining({ code: "UNSCOPABLE_STATEMENT" }));
    }));
});

describe("a transaction of a client", () => {
  it("is committed, or leaves nothing, and gives its connection back", async () => {
    await world.inAcme(async (tenant) => {
      const client = openClient(tenant);
      for (const end of ["ROLLBACK;", "/* traced */ commit -- so"]) {
        await client.query("begin isolation level serializable");
        await client.query("set transaction read write");
        await client.query(insert, [end]);
        expect(await client.query("show transaction_isolation")).toMatchObject({
          rows: [{ transaction_isolation: "serializable" }],
        });
        expect(await countOf(client)).toBe(2);
        await client.query(end);
        expect(await countOf(client)).toBe(end === "ROLLBACK;" ? 1 : 2);
      }
      await client.query("delete from projects where name <> 'acme secret'");
      expect(world.tenancy.connections()).toMatchObject({ waiting: 0 });
      expect(world.tenancy.connections().idle).toBe(world.tenancy.connections().total);
    });
  });

  it("takes what is asked for while it begins; a second BEGIN is inside of the first", async () => {
    await world.inAcme(async (tenant) => {
      const client = openClient(tenant);
      const answers = await Promise.all([
        client.query("begin"),
        client.query("set transaction isolation level serializable"),
        client.query("show transaction_isolation"),
        client.query("begin"),
        client.query(insert, ["not awaited"]),
        client.query("commit"),
        client.query("rollback"),
      ]);
      expect(answers[2].rows).toEqual([{ transaction_isolation: "serializable" }]);
      expect(await countOf(client)).toBe(1);
      const { total, idle } = world.tenancy.connections();
      expect(idle).toBe(total);
    });
  });

  it("that cannot be undone at release stops the commit around it, and nothing else", async () => {
    const overlapping = world.inAcme((tenant) =>
      tenant.transaction(async (within) => {
        const [one, other] = [await openClient(within).connect(), await openClient(within).connect()];
        await one.query("begin");
        await other.query("begin");
        one.release();
        other.release();
      }),
    );
    await refused(overlapping, "TRANSACTION_LOST");
  });

  it("inside of the tenant's is a savepoint and cannot end it", async () => {
    const work = world.inAcme((tenant) =>
      tenant.transaction(async (within) => {
        const client = openClient(within);
        await client.query("begin");
        await client.query(insert, ["inner"]);
        await client.query("begin");
        await client.query(insert, ["innermost"]);
        await client.query("rollback");
        await client.query("commit");
        expect(await countOf(client)).toBe(2);
        await refused(client.query("commit"), "NO_TRANSACTION");
        await refused(client.query("rollback"), "NO_TRANSACTION");
        throw new Error("on purpose");
      }),
    );
    await expect(work).rejects.toThrow("on purpose");
    expect(await world.inAcme((tenant) => countOf(openClient(tenant)))).toBe(1);
  });

  it("that is left open is undone at the end of the scope, and inside of the tenant's it stops the commit", async () => {
    await world.inAcme(async (tenant) => {
      const client = await openClient(tenant).connect();
      await client.query("begin");
      await client.query(insert, ["left open"]);
    });
    const { total, idle } = world.tenancy.connections();
    expect(idle).toBe(total);
    const work = world.inAcme((tenant) =>
      tenant.transaction(async (within) => {
        await openClient(within).query("begin");
        await openClient(within).query(insert, ["left open"]);
      }),
    );
    await refused(work, "TRANSACTION_LOST");
    expect(await world.inAcme((tenant) => countOf(openClient(tenant)))).toBe(1);
  });

  it("beside another inside of one is refused, and nothing of either is committed", async () => {
    const work = world.inAcme((tenant) =>
      tenant.transaction(async (within) => {
        const [one, other] = [openClient(within), openClient(within)];
        await one.query("begin");
        await other.query("begin");
        await one.query(insert, ["one"]);
        await refused(one.query("commit"), "TRANSACTION_LOST");
        await other.query("commit");
      }),
    );
    await refused(work, "TRANSACTION_LOST");
  });
});
