import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PrismaClient } from "../../../.rowhouse/prisma-fixture/client.ts";
import { definePrisma } from "../../../src/adapters/prisma/index.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../../fixture/two-organizations.ts";

const openPrisma = definePrisma((options) => new PrismaClient(options));
let world: TwoOrganizations;
/** Globex's task, and Acme's. */
let theirs: { organizationId_id: { organizationId: string; id: string } };
let ours: typeof theirs;

/** Row security is taken off, and with it all that would refuse what the arguments let through. */
beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 1 });
  const { admin } = world.fixture;
  await admin.query("alter table projects disable row level security");
  await admin.query(
    "alter table tasks disable row level security, drop constraint tasks_organization_id_project_id_fkey",
  );
  theirs = await keyOf(world.globex.id);
  ours = await keyOf(world.acme.id);
});

afterAll(() => world[Symbol.asyncDispose]());

async function keyOf(organizationId: string): Promise<typeof theirs> {
  const text = "select id from tasks where organization_id = $1";
  const { rows } = await world.fixture.admin.query<{ id: string }>(text, [organizationId]);
  return { organizationId_id: { organizationId, id: rows[0]?.id ?? "" } };
}

const done = new Error("done");

/** What Acme gets for its work, and the rows of Globex after it; then it is undone. */
async function tryAcross(work: (prisma: PrismaClient) => Promise<unknown>): Promise<unknown> {
  let answer: unknown;
  const trial = world.inAcme((outer) =>
    outer.transaction(async (tenant) => {
      const prisma = openPrisma(tenant);
      answer = await work(prisma).catch((error: unknown) => error);
      if (answer instanceof Error) throw done;
      const rows = await prisma.$queryRaw`
        select p.name, t.title, t.project_id = p.id as related from projects p join tasks t using (organization_id)
        where organization_id = ${world.globex.id}::uuid`;
      expect(rows).toEqual([{ name: "globex secret", title: "globex task", related: true }]);
      throw done;
    }),
  );
  await expect(trial).rejects.toBe(done);
  return answer;
}

const titles = { include: { tasks: { select: { title: true }, orderBy: { title: "asc" } } } } as const;
const notFound: unknown = expect.objectContaining({ cause: expect.objectContaining({ code: "NOT_FOUND" }) as unknown });
const refusedAs = (code: string): unknown => expect.objectContaining({ code });
const left = (...found: string[]): unknown => expect.objectContaining({ tasks: found.map((title) => ({ title })) });

describe("nested in an update of one's own row, another organization's id reaches nothing", () => {
  it.each<[string, () => object, unknown]>([
    ["connect", () => ({ connect: theirs }), notFound],
    ["connect of several", () => ({ connect: [ours, theirs] }), notFound],
    [
      "connectOrCreate",
      () => ({ connectOrCreate: { where: theirs, create: { title: "new" } } }),
      left("acme task", "new"),
    ],
    ["set", () => ({ set: [theirs] }), refusedAs("UNSCOPABLE_STATEMENT")],
    ["disconnect", () => ({ disconnect: theirs }), refusedAs("UNSCOPABLE_STATEMENT")],
    ["delete", () => ({ delete: theirs }), notFound],
    ["deleteMany of all", () => ({ deleteMany: {} }), left()],
    ["deleteMany of theirs", () => ({ deleteMany: { title: "globex task" } }), left("acme task")],
    ["update", () => ({ update: { where: theirs, data: { title: "x" } } }), notFound],
    ["updateMany", () => ({ updateMany: { where: {}, data: { title: "x" } } }), left("x")],
    [
      "upsert",
      () => ({ upsert: { where: theirs, create: { title: "new" }, update: { title: "x" } } }),
      left("acme task", "new"),
    ],
  ])("through a list: %s", async (_, tasks, expected) => {
    const where = { organizationId_id: { organizationId: world.acme.id, id: world.acme.projectId } };
    const given = await tryAcross(({ project }) => project.update({ where, data: { tasks: tasks() }, ...titles }));
    expect(given).toEqual(expected);
  });

  it.each<[string, (foreign: object) => object, unknown]>([
    ["connect", (connect) => ({ connect }), notFound],
    [
      "connect by a name",
      () => ({ connect: { organizationId_name: { organizationId: world.globex.id, name: "globex secret" } } }),
      notFound,
    ],
    ["connectOrCreate", (where) => ({ connectOrCreate: { where, create: { name: "new" } } }), { name: "new" }],
    ["update with a filter", () => ({ update: { where: { name: "globex secret" }, data: { name: "x" } } }), notFound],
    ["update", () => ({ update: { name: "x" } }), { name: "x" }],
    ["upsert", () => ({ upsert: { create: { name: "new" }, update: { name: "x" } } }), { name: "x" }],
  ])("through a single row: %s", async (_, write, expected) => {
    const foreign = { organizationId_id: { organizationId: world.globex.id, id: world.globex.projectId } };
    const data = { project: write(foreign) };
    const given = await tryAcross(({ task }) => task.update({ where: ours, data, include: { project: true } }));
    const isError = given instanceof Error;
    expect(isError ? given : (given as { project: unknown }).project).toEqual(
      isError ? expected : expect.objectContaining(expected as object),
    );
  });
});

describe("no way to ask reaches another organization's rows", () => {
  const one = [{ name: "acme secret" }];
  const select = { name: true } as const;

  it.each<[string, (prisma: PrismaClient) => Promise<unknown>, unknown]>([
    [
      "updateManyAndReturn",
      ({ project }) => project.updateManyAndReturn({ data: { createdAt: new Date(0) }, select }),
      one,
    ],
    ["a write with a limit", ({ project }) => project.deleteMany({ limit: 5 }), { count: 1 }],
    ["omit", ({ project }) => project.findMany({ omit: { organizationId: true, id: true, createdAt: true } }), one],
    ["groupBy", ({ project }) => project.groupBy({ by: ["name"] }), one],
    ["findUniqueOrThrow", ({ task }) => task.findUniqueOrThrow({ where: theirs }), notFound],
    ["a count of fields", ({ project }) => project.count({ select: { _all: true } }), { _all: 1 }],
    [
      "a count of relations",
      ({ project }) => project.findMany({ select: { name: true, _count: true } }),
      [{ name: "acme secret", _count: { tasks: 1 } }],
    ],
    [
      "a page from a row of one's own",
      ({ task }) => task.findMany({ cursor: ours, select: { title: true } }),
      [{ title: "acme task" }],
    ],
    ["a page from another's row", ({ task }) => task.findMany({ cursor: theirs }), refusedAs("UNSCOPABLE_STATEMENT")],
    ["a relation of a row that is another's", ({ task }) => task.findUnique({ where: theirs }).project(), null],
    [
      "rows that point at another's",
      (prisma) =>
        prisma.task
          .createManyAndReturn({
            data: [{ title: "a", projectId: world.globex.projectId }],
            include: { project: true },
          })
          .then(([made]) => made?.project),
      null,
    ],
    [
      "an array of calls",
      (prisma) => prisma.$transaction([prisma.project.findMany({ select }), prisma.project.count()]),
      [one, 1],
    ],
    [
      "an upsert by another's key",
      ({ task }) =>
        task.upsert({
          where: theirs,
          create: { title: "new", projectId: world.acme.projectId },
          update: { title: "x" },
          select: { title: true },
        }),
      { title: "new" },
    ],
  ])("%s", async (_, ask, expected) => {
    expect(await tryAcross(ask)).toEqual(expected);
  });

  it("extensions of the application's own, before or after, cannot take the organization out of a call", async () => {
    const foreign = { where: { organizationId: world.globex.id } };
    const careless = {
      query: { $allModels: { findMany: ({ query }: { query: (args: object) => unknown }) => query(foreign) } },
    };
    const extended = definePrisma(
      (options) => new PrismaClient(options).$extends(careless as never) as unknown as PrismaClient,
    );
    await world.inAcme(async (tenant) => {
      const later = openPrisma(tenant).$extends(careless as never) as unknown as PrismaClient;
      expect(await later.project.findMany()).toEqual([]);
      expect(await later.$transaction((inner) => inner.project.findMany())).toEqual([]);
      expect(await extended(tenant).project.findMany()).toEqual([]);
    });
  });
});
