import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTwoOrganizations, type FixtureTenant, type TwoOrganizations } from "../fixture/two-organizations.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 2, acquireTimeoutMs: 10_000 });
});

afterAll(() => world[Symbol.asyncDispose]());

afterEach(async () => {
  await world.fixture.admin.query("delete from projects where name not like '% secret'");
  expect(world.tenancy.connections().waiting).toBe(0);
});

const insert = (name: string, { db }: FixtureTenant) => db.insertInto("projects").values({ name }).execute();

async function projectNames(): Promise<string[]> {
  const rows = await world.inAcme(({ db }) => db.selectFrom("projects").select("name").orderBy("createdAt").execute());
  return rows.map(({ name }) => name);
}

describe("a transaction", () => {
  it("commits what it wrote", async () => {
    await world.inAcme((tenant) => tenant.transaction((inner) => insert("kept", inner)));
    expect(await projectNames()).toEqual(["acme secret", "kept"]);
  });

  it("that throws writes nothing, throws the same error once, and its connection serves on", async () => {
    const failure = new Error("the caller's own");
    const attempt = world.inAcme((tenant) =>
      tenant.transaction(async (inner) => {
        await insert("undone", inner);
        throw failure;
      }),
    );
    await expect(attempt).rejects.toBe(failure);
    expect(await projectNames()).toEqual(["acme secret"]);
    expect(world.tenancy.connections()).toMatchObject({ waiting: 0 });
  });

  it("goes on in vain after a failed statement: TRANSACTION_LOST for the next one", async () => {
    const codes: unknown[] = [];
    await world
      .inAcme((tenant) =>
        tenant.transaction(async (inner) => {
          await insert("acme secret", inner).catch((error: { code: string }) => codes.push(error.code));
          await insert("too late", inner);
        }),
      )
      .catch((error: { code: string; sqlstate: string }) => codes.push(error.code, error.sqlstate));
    expect(codes).toEqual(["CONFLICT", "TRANSACTION_LOST", "25P02"]);
  });

  it("whose failed statement was ignored is TRANSACTION_LOST at its end, never a silent rollback", async () => {
    const attempt = world.inAcme((tenant) =>
      tenant.transaction(async (inner) => {
        await insert("undone", inner);
        await insert("acme secret", inner).catch(() => undefined);
      }),
    );
    await expect(attempt).rejects.toMatchObject({ code: "TRANSACTION_LOST" });
    expect(await projectNames()).toEqual(["acme secret"]);
  });

  it("runs parallel statements, one after the other, all of them inside", async () => {
    const failure = new Error("undo all");
    const attempt = world.inAcme((tenant) =>
      tenant.transaction(async (inner) => {
        await Promise.all(["a", "b", "c", "d"].map((name) => insert(name, inner)));
        expect(await inner.db.selectFrom("projects").select("name").execute()).toHaveLength(5);
        throw failure;
      }),
    );
    await expect(attempt).rejects.toBe(failure);
    expect(await projectNames()).toEqual(["acme secret"]);
  });

  it("with a deferred constraint that refuses at COMMIT gives a coded error and writes nothing", async () => {
    await world.fixture.admin.query(
      "alter table tasks alter constraint tasks_organization_id_project_id_fkey deferrable initially deferred",
    );
    const attempt = world.inAcme((tenant) =>
      tenant.transaction(async (inner) => {
        await insert("undone", inner);
        await inner.db.insertInto("tasks").values({ projectId: world.globex.projectId, title: "dangling" }).execute();
      }),
    );
    await expect(attempt).rejects.toMatchObject({ code: "MISSING_REFERENCE", sqlstate: "23503" });
    await world.fixture.admin.query(
      "alter table tasks alter constraint tasks_organization_id_project_id_fkey not deferrable",
    );
    expect(await projectNames()).toEqual(["acme secret"]);
  });

  it("handle used after its end is SCOPE_CLOSED, though the scope is open", async () => {
    await world.inAcme(async (tenant) => {
      const leaked = await tenant.transaction(async (inner) => inner);
      await expect(insert("stray", leaked)).rejects.toMatchObject({ code: "SCOPE_CLOSED" });
      await expect(leaked.transaction((inner) => insert("stray", inner))).rejects.toMatchObject({
        code: "SCOPE_CLOSED",
      });
    });
    expect(await projectNames()).toEqual(["acme secret"]);
  });

  it("statement that nobody awaited never runs outside of it", async () => {
    let stray: Promise<unknown> = Promise.resolve();
    await world
      .inAcme((tenant) =>
        tenant.transaction(async (inner) => {
          await insert("first", inner);
          stray = (async () => {
            await Promise.resolve();
            return insert("stray", inner);
          })().catch((error: unknown) => error);
          throw new Error("undo");
        }),
      )
      .catch(() => undefined);
    await stray;
    expect(await projectNames()).toEqual(["acme secret"]);
  });
});

describe("a transaction inside of a transaction", () => {
  it("that fails undoes its own part alone", async () => {
    await world.inAcme((tenant) =>
      tenant.transaction(async (outer) => {
        await insert("before", outer);
        await outer
          .transaction(async (inner) => {
            await insert("undone", inner);
            await insert("acme secret", inner);
          })
          .catch((error: unknown) => expect(error).toMatchObject({ code: "CONFLICT" }));
        await insert("after", outer);
      }),
    );
    expect(await projectNames()).toEqual(["acme secret", "before", "after"]);
  });

  it("that fails after a failed one inside of it undoes its whole part", async () => {
    await world.inAcme((tenant) =>
      tenant.transaction(async (outer) => {
        await insert("before", outer);
        const middle = outer.transaction(async (inner) => {
          await insert("undone", inner);
          await inner.transaction(() => Promise.reject(new Error("innermost"))).catch(() => undefined);
          throw new Error("middle");
        });
        await expect(middle).rejects.toThrow("middle");
      }),
    );
    expect(await projectNames()).toEqual(["acme secret", "before"]);
  });

  it("may fail many times over and at any depth", async () => {
    const nest = async (tenant: FixtureTenant, depth: number): Promise<void> => {
      await insert(`depth ${depth}`, tenant);
      if (depth === 4) throw new Error("bottom");
      for (let time = 0; time < 2; time += 1)
        await tenant.transaction((inner) => nest(inner, depth + 1)).catch(() => undefined);
      if (depth === 2) throw new Error("second");
    };
    await world.inAcme((tenant) => tenant.transaction((outer) => nest(outer, 0)));
    // Depth 2 and below threw; the second visit to depth 1 ran into the unique name of the first.
    expect(await projectNames()).toEqual(["acme secret", "depth 0", "depth 1"]);
  });

  it("that succeeds, at any depth, is committed with the outermost", async () => {
    await world.inAcme((tenant) =>
      tenant.transaction(async (outer) => {
        await outer.transaction(async (inner) => {
          await insert("depth 1", inner);
          await inner.transaction((innermost) => insert("depth 2", innermost));
        });
      }),
    );
    expect(await projectNames()).toEqual(["acme secret", "depth 1", "depth 2"]);
  });
});

describe("a scope that has ended", () => {
  it("has closed its handle, its transactions and raw SQL on it: SCOPE_CLOSED", async () => {
    const leaked = await world.inAcme(async (tenant) => tenant);
    await expect(leaked.db.selectFrom("projects").select("name").execute()).rejects.toMatchObject({
      code: "SCOPE_CLOSED",
    });
    await expect(sql`select 1`.execute(leaked.db)).rejects.toMatchObject({ code: "SCOPE_CLOSED" });
    await expect(leaked.transaction((inner) => insert("stray", inner))).rejects.toMatchObject({ code: "SCOPE_CLOSED" });
  });

  it("refuses what was started in it and not awaited: SCOPE_CLOSED", async () => {
    let stray: Promise<unknown> = Promise.resolve();
    await world.inAcme(async (tenant) => {
      stray = (async () => {
        await new Promise((resolve) => setImmediate(resolve));
        await insert("stray", tenant);
      })();
      stray.catch(() => undefined);
    });
    await expect(stray).rejects.toMatchObject({ code: "SCOPE_CLOSED" });
  });

  it("ends also when its function throws", async () => {
    let leaked: FixtureTenant | undefined;
    await world
      .inAcme(async (tenant) => {
        leaked = tenant;
        throw new Error("out");
      })
      .catch(() => undefined);
    await expect(leaked?.db.selectFrom("projects").select("name").execute()).rejects.toMatchObject({
      code: "SCOPE_CLOSED",
    });
  });
});
