import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { codeOf } from "../fixture/code-of.ts";
import { refused } from "../fixture/refused.ts";
import {
  asMember,
  type FixtureOrganization,
  type FixtureTenancy,
  type FixtureTenant,
  type TwoOrganizations,
} from "../fixture/two-organizations.ts";
import type { Contestant, Handle } from "./contestant.ts";
import { rawSqlRules } from "./raw-sql-rules.ts";

/** Where a rule is tried. */
export interface Ground {
  readonly world: TwoOrganizations;
  /** Direct or through a pooler. */
  readonly tenancy: FixtureTenancy;
  /** The same where a statement may take 150 ms. */
  readonly hasty: FixtureTenancy;
  readonly contestant: Contestant;
}

/** One rule, tried on a ground; `inAcme` runs work as a member of Acme. */
export type Rule = (ground: Ground, inAcme: InAcme) => Promise<void>;
type InAcme = <T>(work: (db: Handle, tenant: FixtureTenant) => Promise<T>, signal?: AbortSignal) => Promise<T>;

const undo = new Error("undone");

/** Runs a rule in whatever scopes it opens; what it leaves behind is removed by {@link cleanUp}. */
export async function keeps(rule: Rule, ground: Ground): Promise<void> {
  await rule(ground, (work, signal) =>
    ground.tenancy.enter({ ...asMember(ground.world.acme), ...(signal && { signal }) }, (tenant) =>
      work(ground.contestant.open(tenant), tenant),
    ),
  );
  const { total, idle, waiting } = ground.tenancy.connections();
  expect({ inUse: total - idle, waiting }).toEqual({ inUse: 0, waiting: 0 });
}

export async function cleanUp({ world }: Ground): Promise<void> {
  await world.fixture.admin.query("delete from projects where name not like '% secret'");
  await world.fixture.admin.query("update tasks set preset_id = null where preset_id is not null");
  await world.fixture.admin.query("delete from presets where organization_id is not null");
}

const isolation: Record<string, Rule> = {
  "reads show the organization's rows alone, by raw SQL as well": ({ world }, inAcme) =>
    inAcme(async (db) => {
      expect(await db.names()).toEqual(["acme secret"]);
      expect(await db.find(world.acme.projectId)).toBe("acme secret");
      expect(await db.find(world.globex.projectId)).toBeUndefined();
      const text = "select name from projects where organization_id = $1";
      expect(await db.raw(text, [world.globex.id])).toEqual([]);
      expect(await db.raw("select name from projects")).toEqual([{ name: "acme secret" }]);
    }),

  "what is created belongs to the organization": ({ world }, inAcme) =>
    inAcme(async (db) => {
      expect(await db.create("stamped")).toMatchObject({ organizationId: world.acme.id });
    }),

  "a foreign id changes and removes nothing": ({ world }, inAcme) =>
    inAcme(async (db) => {
      expect(await db.rename(world.globex.projectId, "taken")).toBe(0);
      expect(await db.remove(world.globex.projectId)).toBe(0);
      const { rows } = await world.fixture.admin.query("select 1 from projects where name = 'globex secret'");
      expect(rows.length).toBe(1);
    }),

  "a write that names another organization is refused": ({ world, contestant }, inAcme) =>
    inAcme(async (db) => {
      await refused(db.create("planted", world.globex.id), contestant.fixedCode);
      await refused(db.move(world.acme.projectId, world.globex.id), contestant.fixedCode);
      expect(await db.names()).toEqual(["acme secret"]);
    }),
};

const errors: Record<string, Rule> = {
  "errors have the codes of a tenant's own handle": ({ world }, inAcme) =>
    inAcme(async (db) => {
      expect(await codeOf(db.createTask(world.globex.projectId, "across"))).toBe("MISSING_REFERENCE");
      expect(await codeOf(db.create("acme secret"))).toBe("CONFLICT");
      expect(await codeOf(db.createTask(world.acme.projectId, "x".repeat(201)))).toBe("INVALID_VALUE");
      expect(await codeOf(db.find("not a uuid"))).toBe("INVALID_VALUE");
      expect(await codeOf(db.raw("select nonsense from projects"))).toBe("DATABASE_ERROR");
      expect(await codeOf(db.raw("select 1; delete from projects"))).toBe("DATABASE_ERROR");
    }),

  "a statement that runs too long is STATEMENT_TIMEOUT, and the handle serves on": ({ world, hasty, contestant }) =>
    hasty.enter(asMember(world.acme), async (tenant) => {
      const db = contestant.open(tenant);
      await refused(db.raw("select pg_sleep(5)"), "STATEMENT_TIMEOUT");
      await refused(
        db.transaction((inner) => inner.raw("select pg_sleep(5)")),
        "STATEMENT_TIMEOUT",
      );
      await expect.poll(() => db.names()).toEqual(["acme secret"]);
    }),

  "a connection that is lost in a transaction is CONNECTION_LOST, inside of the tenant's as well": async (
    { world, contestant },
    inAcme,
  ) => {
    const loseIt = (db: Handle): Promise<void> =>
      db.transaction(async (inner) => {
        await inner.create("lost");
        const [row] = await inner.raw("select pg_backend_pid() as pid");
        await world.fixture.admin.query("select pg_terminate_backend($1)", [row?.["pid"]]);
        await inner.names();
      });
    await refused(inAcme(loseIt), "CONNECTION_LOST");
    const within = inAcme((_, tenant) => tenant.transaction((inner) => loseIt(contestant.open(inner))));
    await refused(within, "CONNECTION_LOST");
    expect(await inAcme((db) => db.names())).toEqual(["acme secret"]);
  },

  "a signal cancels what runs, and undoes its transaction": async (_, inAcme) => {
    for (const inTransaction of [false, true]) {
      const controller = new AbortController();
      const work = inAcme(async (db) => {
        setTimeout(() => controller.abort(), 60);
        if (!inTransaction) return db.raw("select pg_sleep(5)");
        return db.transaction(async (inner) => {
          await inner.create("cancelled");
          return inner.raw("select pg_sleep(5)");
        });
      }, controller.signal);
      await refused(work, "CANCELED");
    }
    expect(await inAcme((db) => db.names())).toEqual(["acme secret"]);
  },
};

const transactions: Record<string, Rule> = {
  "a transaction is committed as a whole, or leaves nothing": (_, inAcme) =>
    inAcme(async (db) => {
      await db.transaction(async (inner) => {
        await inner.create("a");
        expect(await inner.names()).toEqual(["a", "acme secret"]);
      });
      const failing = db.transaction(async (inner) => {
        await inner.create("b");
        throw undo;
      });
      await expect(failing).rejects.toBe(undo);
      expect(await db.names()).toEqual(["a", "acme secret"]);
    }),

  "a transaction inside of one is a savepoint": (_, inAcme) =>
    inAcme(async (db) => {
      await db.transaction(async (outer) => {
        await outer.create("outer");
        const failing = outer.transaction(async (inner) => {
          await inner.create("inner");
          await inner.create("inner");
        });
        await refused(failing, "CONFLICT");
        await outer.transaction((inner) => inner.create("second"));
        expect(await outer.names()).toEqual(["acme secret", "outer", "second"]);
      });
      expect(await db.names()).toEqual(["acme secret", "outer", "second"]);
    }),

  "a transaction of the ORM's cannot end the tenant's": async ({ contestant }, inAcme) => {
    const work = inAcme((_, tenant) =>
      tenant.transaction(async (within) => {
        const db = contestant.open(within);
        await db.transaction((inner) => inner.create("committed inside"));
        await expect(
          db.transaction(async (inner) => {
            await inner.create("rolled back inside");
            throw undo;
          }),
        ).rejects.toBe(undo);
        const seen = await within.db.selectFrom("projects").select("name").orderBy("name").execute();
        expect(seen.map(({ name }) => name)).toEqual(["acme secret", "committed inside"]);
        throw undo;
      }),
    );
    await expect(work).rejects.toBe(undo);
    expect(await inAcme((db) => db.names())).toEqual(["acme secret"]);
  },
};

const scopes: Record<string, Rule> = {
  "a handle is dead after its scope, and after its tenant's transaction": async ({ contestant }, inAcme) => {
    const handle = await inAcme(async (db) => db);
    await refused(handle.names(), "SCOPE_CLOSED");
    await refused(handle.raw("select 1"), "SCOPE_CLOSED");
    await refused(
      handle.transaction((inner) => inner.names()),
      "SCOPE_CLOSED",
    );
    await inAcme(async (_, tenant) => {
      const within = await tenant.transaction(async (inner) => contestant.open(inner));
      await refused(within.names(), "SCOPE_CLOSED");
    });
  },

  "a handle in another tenant's scope is TENANT_ALREADY_OPEN": async ({ world, tenancy, contestant }, inAcme) => {
    const done = new AbortController();
    let lend: (db: Handle) => void = () => undefined;
    const lent = new Promise<Handle>((resolve) => (lend = resolve));
    const lender = tenancy.enter(asMember(world.globex), async (tenant) => {
      lend(contestant.open(tenant));
      await sleep(5_000, undefined, { signal: done.signal }).catch(() => undefined);
    });
    const foreign = await lent;
    await inAcme(async () => {
      await refused(foreign.names(), "TENANT_ALREADY_OPEN");
      await refused(foreign.raw("select name from projects"), "TENANT_ALREADY_OPEN");
    });
    done.abort();
    await lender;
  },

  "many at once see their own rows alone, outside and inside of a transaction": async ({
    world,
    tenancy,
    contestant,
  }) => {
    const seen = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const organization: FixtureOrganization = index % 2 === 0 ? world.acme : world.globex;
        return tenancy.enter(asMember(organization), async (tenant) => {
          const db = contestant.open(tenant);
          const names =
            index % 4 < 2
              ? await Promise.all([db.names(), db.names(), db.names()])
              : await db.transaction((inner) => Promise.all([inner.names(), inner.names(), inner.names()]));
          return names.flat().every((name) => name === `${organization.slug} secret`) && names.flat().length === 3;
        });
      }),
    );
    expect(seen.filter((isRight) => !isRight)).toEqual([]);
  },
};

/** What holds for every contestant, however it reaches the database. */
export const rules: Readonly<Record<string, Rule>> = {
  ...isolation,
  ...errors,
  ...transactions,
  ...rawSqlRules,
  ...scopes,
};
