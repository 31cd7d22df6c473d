import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PrismaClient } from "../../../.rowhouse/prisma-fixture/client.ts";
import { definePrisma } from "../../../src/adapters/prisma/index.ts";
import { isRowhouseError, type Tenant } from "../../../src/index.ts";
import type { FixtureDatabase } from "../../fixture/test-tenancy.ts";
import { asMember, openProxy, openTwoOrganizations, type TwoOrganizations } from "../../fixture/two-organizations.ts";

const openPrisma = definePrisma((options) => new PrismaClient(options));
let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 3, statementTimeoutMs: 1_000 });
});

afterAll(() => world[Symbol.asyncDispose]());

/** Runs in Acme, in a transaction that is taken back. */
async function tryInAcme(
  work: (prisma: PrismaClient, tenant: Tenant<FixtureDatabase>) => Promise<void>,
): Promise<void> {
  const done = new Error("done");
  const trial = world.inAcme((outer) =>
    outer.transaction(async (tenant) => {
      await work(openPrisma(tenant), tenant);
      throw done;
    }),
  );
  await expect(trial).rejects.toBe(done);
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => error,
  );

function withVersion(client: PrismaClient, version: string): PrismaClient {
  return new Proxy(client, {
    get: (target, name): unknown => (name === "_clientVersion" ? version : Reflect.get(target, name)),
  });
}

describe("a tenant's Prisma client is Prisma's own, fully typed", () => {
  it("reads relations, counts and groups, and writes nested, many at once and one or the other", () =>
    tryInAcme(async (prisma) => {
      const made = await prisma.project.create({
        data: { name: "one", tasks: { create: [{ title: "a" }, { title: "b" }] } },
        include: { tasks: { orderBy: { title: "asc" }, select: { title: true } }, _count: true },
      });
      expect(made).toMatchObject({ organizationId: world.acme.id, tasks: [{ title: "a" }, { title: "b" }] });
      expect(made._count.tasks).toBe(2);
      const many = await prisma.project.createManyAndReturn({ data: [{ name: "two" }, { name: "three" }] });
      expect(many.map(({ organizationId }) => organizationId)).toEqual([world.acme.id, world.acme.id]);
      const key = { organizationId: world.acme.id, name: "two" };
      const put = { where: { organizationId_name: key }, create: { name: "two" }, update: { name: "zwei" } };
      expect([(await prisma.project.upsert(put)).name, (await prisma.project.upsert(put)).name]).toEqual([
        "zwei",
        "two",
      ]);
      const groups = await prisma.task.groupBy({
        by: ["projectId"],
        _count: { _all: true },
        orderBy: { projectId: "asc" },
      });
      expect(groups.map(({ _count }) => _count._all)).toEqual([1, 2]);
      expect(await prisma.project.aggregate({ _count: true, _max: { name: true } })).toMatchObject({ _count: 5 });
      const page = { take: 1, orderBy: { title: "asc" }, omit: { projectId: true } } as const;
      expect(await prisma.task.findMany(page)).toEqual([expect.objectContaining({ title: "a" })]);
      // @ts-expect-error -- the application's own types: there is no such field
      await expect(prisma.project.findMany({ where: { color: "red" } })).rejects.toThrow("color");
    }));

  it("raw queries see the organization's rows and no others, and cannot write others", () =>
    world.inAcme(async (tenant) => {
      const prisma = openPrisma(tenant);
      expect(await prisma.$queryRaw`select name from projects where name like ${"%secret"}`).toEqual([
        { name: "acme secret" },
      ]);
      expect(await prisma.$executeRawUnsafe("update projects set name = name")).toBe(1);
      const plant = prisma.$executeRaw`insert into projects (organization_id, name) values (${world.globex.id}::uuid, 'x')`;
      expect(await failure(plant)).toMatchObject({ code: "P2010", cause: { code: "ROW_SECURITY", sqlstate: "42501" } });
    }));

  it("a read costs one round trip", async () => {
    await using proxy = await openProxy(world.fixture.runtimeUrl);
    const url = proxy.url(world.fixture.runtimeUrl);
    await using tenancy = world.fixture.open({}, { url, maxConnections: 1 });
    await tenancy.enter(asMember(world.acme), async (tenant) => {
      proxy.reset();
      for (let time = 0; time < 3; time += 1) await openPrisma(tenant).project.findMany();
      expect(proxy.counts()).toMatchObject({ roundTrips: 3 });
    });
  });
});

describe("Prisma's transactions", () => {
  const names = async (prisma: Pick<PrismaClient, "project">): Promise<string[]> =>
    (await prisma.project.findMany({ select: { name: true }, orderBy: { createdAt: "asc" } })).map(({ name }) => name);

  it("an interactive one and an array are all or nothing", () =>
    world.inAcme(async (tenant) => {
      const prisma = openPrisma(tenant);
      const interactive = prisma.$transaction(async (inner) => {
        await inner.project.create({ data: { name: "gone" } });
        expect(await names(inner)).toContain("gone");
        throw new Error("no");
      });
      await expect(interactive).rejects.toThrow("no");
      const twice = { data: { name: "twice" } };
      const array = prisma.$transaction([prisma.project.create(twice), prisma.project.create(twice)]);
      expect(await failure(array)).toMatchObject({ code: "P2002", cause: { code: "CONFLICT", sqlstate: "23505" } });
      expect(await names(prisma)).toEqual(["acme secret"]);
    }));

  it("inside of the tenant's transaction, and of one another, they are savepoints and cannot end it", async () => {
    await tryInAcme(async (prisma, tenant) => {
      await prisma.project.create({ data: { name: "outer" } });
      await prisma.$transaction(async (first) => {
        await first.project.create({ data: { name: "first" } });
        const second = first.$transaction(async (inner) => {
          await inner.project.create({ data: { name: "second" } });
          throw new Error("no");
        });
        await expect(second).rejects.toThrow("no");
      });
      expect(await names(prisma)).toEqual(["acme secret", "outer", "first"]);
      expect(await tenant.db.selectFrom("projects").select("name").execute()).toHaveLength(3);
    });
    expect(await world.inAcme((tenant) => names(openPrisma(tenant)))).toEqual(["acme secret"]);
  });
});

describe("a tenant's Prisma client is its scope's alone", () => {
  it("calls of many tenants in the same tick are never put into one statement, nor on another's connection", async () => {
    const { acme, globex } = world;
    const contextOf = async (prisma: Pick<PrismaClient, "$queryRaw">): Promise<unknown> => {
      const text = prisma.$queryRaw<{ id: string }[]>`select current_setting('rowhouse.organization_id') as id`;
      return (await text)[0]?.id;
    };
    const look = (own: typeof acme, foreign: typeof acme): Promise<unknown[]> =>
      world.tenancy.enter(asMember(own), async (tenant) => {
        const prisma = openPrisma(tenant);
        const found = [own, foreign].map(async ({ projectId }) => {
          const key = { organizationId: own.id, id: projectId };
          return (await prisma.project.findUnique({ where: { organizationId_id: key } }))?.name;
        });
        const inside = prisma.$transaction((inner) => contextOf(inner), { maxWait: 15_000 });
        return Promise.all([...found, contextOf(prisma), inside]);
      });
    const looks = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? look(acme, globex) : look(globex, acme)));
    expect(await Promise.all(looks)).toEqual(
      looks.map((_, index) => {
        const { slug, id } = index % 2 === 0 ? acme : globex;
        return [`${slug} secret`, undefined, id, id];
      }),
    );
  });

  it("a promise that is awaited after the scope throws SCOPE_CLOSED", async () => {
    const { lazy, prisma } = await world.inAcme(async (tenant) => {
      const client = openPrisma(tenant);
      return { lazy: client.project.findMany(), prisma: client };
    });
    expect(await failure(lazy)).toMatchObject({ code: "SCOPE_CLOSED" });
    expect(await failure(prisma.$queryRaw`select 1`)).toMatchObject({ code: "SCOPE_CLOSED" });
  });

  it("limits and cancellations come as coded errors", async () => {
    await world.inAcme(async (tenant) => {
      const slow = await failure(openPrisma(tenant).$queryRaw`select 1 as one from pg_sleep(5)`);
      expect(isRowhouseError(slow, "STATEMENT_TIMEOUT")).toBe(true);
    });
    const signal = AbortSignal.timeout(100);
    const canceled = world.tenancy.enter({ ...asMember(world.acme), signal }, (tenant) =>
      openPrisma(tenant).$queryRaw`select 1 as one from pg_sleep(5)`.then((rows) => rows),
    );
    expect(isRowhouseError(await failure(canceled), "CANCELED")).toBe(true);
  });

  it("a client of a minor version that was not tried is refused by its number", () => {
    const newer = definePrisma((options) => withVersion(new PrismaClient(options), "7.11.0"));
    return world.inAcme(async (tenant) => {
      const said: unknown = expect.stringContaining("7.11.0");
      expect(() => newer(tenant)).toThrow(expect.objectContaining({ code: "INVALID_SETTINGS", message: said }));
    });
  });

  it("a handle that is no tenant's is refused, and so is a client past the options", async () => {
    expect(() => openPrisma({} as Tenant<FixtureDatabase>)).toThrow(expect.objectContaining({ code: "NO_TENANT" }));
    const careless = definePrisma(() => new PrismaClient({ adapter: new PrismaPg(world.fixture.runtimeUrl) }));
    await world.inAcme(async (tenant) => {
      expect(() => careless(tenant)).toThrow(expect.objectContaining({ code: "INVALID_SETTINGS" }));
    });
  });
});

describe("with row security taken away, the arguments hold", () => {
  beforeAll(async () => {
    await world.fixture.admin.query("alter table projects disable row level security");
    await world.fixture.admin.query("alter table tasks disable row level security");
  });

  it("raw SQL shows that nothing else holds here", () =>
    world.inAcme(async (tenant) => {
      expect(await openPrisma(tenant).$queryRaw`select name from projects`).toHaveLength(2);
    }));

  it("no read finds a foreign row", () =>
    world.inAcme(async (tenant) => {
      const { project, task } = openPrisma(tenant);
      const { globex } = world;
      const foreign = { organizationId_id: { organizationId: globex.id, id: globex.projectId } };
      expect(await project.findUnique({ where: foreign })).toBeNull();
      expect(
        await project.findFirst({ where: { OR: [{ id: globex.projectId }, { organizationId: globex.id }] } }),
      ).toBeNull();
      expect(await project.findMany()).toHaveLength(1);
      expect(await project.count()).toBe(1);
      expect(await task.findMany({ where: { project: { name: "globex secret" } } })).toEqual([]);
      expect(await task.groupBy({ by: ["organizationId"] })).toEqual([{ organizationId: world.acme.id }]);
      expect(await project.findFirstOrThrow().tasks()).toHaveLength(1);
      expect(await failure(project.findMany({ cursor: foreign }))).toMatchObject({ code: "UNSCOPABLE_STATEMENT" });
    }));

  it("an id alone finds one's own row, and never its twin in another organization", () =>
    tryInAcme(async ({ project, task }) => {
      await project.create({ data: { id: world.globex.projectId, name: "twin", tasks: { create: { title: "own" } } } });
      const twin = { organizationId_id: { organizationId: world.acme.id, id: world.globex.projectId } };
      const { tasks } = await project.update({ where: twin, data: { name: "changed" }, include: { tasks: true } });
      expect(tasks.map(({ title }) => title)).toEqual(["own"]);
      const { rows } = await world.fixture.admin.query("select id, title from tasks where organization_id = $1", [
        world.globex.id,
      ]);
      const [theirs] = rows as { id: string; title: string }[];
      expect(await task.findUnique({ where: { id: theirs?.id ?? "" } })).toBeNull();
      const own = await task.findFirstOrThrow({ where: { title: "own" } });
      expect(await task.findUnique({ where: { id: own.id } })).toMatchObject({ title: "own" });
    }));

  it("no write reaches a foreign row, alone or nested", () =>
    tryInAcme(async ({ project, task }) => {
      const { acme, globex } = world;
      const foreign = { organizationId_id: { organizationId: globex.id, id: globex.projectId } };
      const own = { organizationId_id: { organizationId: acme.id, id: acme.projectId } };
      expect(await failure(project.update({ where: foreign, data: { name: "x" } }))).toMatchObject({ code: "P2025" });
      expect(await failure(project.delete({ where: foreign }))).toMatchObject({ code: "P2025" });
      expect(await project.updateMany({ data: { name: "mine" } })).toEqual({ count: 1 });
      expect(await task.deleteMany({ where: { title: "globex task" } })).toEqual({ count: 0 });
      const across = { title: "across", project: { connect: foreign } };
      expect(await failure(task.create({ data: across }))).toMatchObject({ code: "P2025" });
      const pull = { tasks: { updateMany: { where: { title: "globex task" }, data: { title: "pulled" } } } };
      expect((await project.update({ where: own, data: pull, include: { tasks: true } })).tasks).toHaveLength(1);
      const { rows } = await world.fixture.admin.query("select name from projects where name <> 'globex secret'");
      expect(rows).toEqual([{ name: "acme secret" }]);
    }));

  it("data that names another organization is refused with ORGANIZATION_FIXED, at any depth", () =>
    world.inAcme(async (tenant) => {
      const { project, task } = openPrisma(tenant);
      const organizationId = world.globex.id;
      const own = { organizationId_id: { organizationId: world.acme.id, id: world.acme.projectId } };
      const foreign = { organizationId, title: "x", projectId: world.globex.projectId };
      const attempts = [
        project.create({ data: { name: "x", organizationId } }),
        project.createMany({ data: [{ name: "y" }, { name: "x", organizationId }] }),
        project.update({ where: own, data: { organizationId } }),
        project.updateMany({ data: { organizationId: { set: organizationId } } }),
        project.upsert({ where: own, create: { name: "x", organizationId }, update: {} }),
        project.update({
          where: own,
          data: { tasks: { update: { where: { id: "x" }, data: { organizationId } } } },
        } as never),
        task.create({ data: foreign }),
        task.create({ data: { title: "x", project: { create: { name: "z", organizationId } } } }),
      ];
      for (const attempt of attempts) expect(await failure(attempt)).toMatchObject({ code: "ORGANIZATION_FIXED" });
      const global = openPrisma(tenant).plan.create({ data: { code: "x", name: "x" } });
      expect(await failure(global)).toMatchObject({ code: "READ_ONLY_TABLE" });
    }));
});
