import { mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { ModelScopes } from "../../../../rowhouse/src/adapters/prisma/model-scopes.ts";
import { readPrismaSchema } from "../../../../rowhouse/src/adapters/prisma/read-prisma-schema.ts";
import type { ClientInternals } from "../../../../rowhouse/src/adapters/prisma/client-internals.ts";
import { TableScopes } from "../../../../rowhouse/src/tenant/table-scopes.ts";
import { runHere } from "../../fixture/run-here.ts";
import { schemaDrift } from "./schema-drift.ts";

type Row = Record<string, unknown>;
type Table = Record<"create" | "findUnique" | "delete", (query: unknown) => Promise<Row>> & {
  findMany(query: unknown): Promise<Row[]>;
  count(query?: unknown): Promise<number>;
};

/** As much of the client as is used here; it is generated in the test. */
interface Client {
  readonly user: Table;
  readonly project: Table;
  readonly issue: Table;
  readonly vote: Table;
  $disconnect(): Promise<void>;
}

const name = `cli_prisma_${process.pid}_${Date.now().toString(36)}`;
const url = withDatabase(inject("postgresUrl"), name);
const folder = fileURLToPath(new URL(`../../../.rowhouse/${name}/`, import.meta.url));
const schema = `${folder}schema.prisma`;
const plan = `${folder}plan.yaml`;
let admin: pg.Client;
let client: Client;
let ada: string;
let bob: string;

async function rowhouse(...given: string[]): Promise<string> {
  const { code, out, error } = await runHere(["convert", ...given], url);
  expect([code, error]).toEqual([0, ""]);
  return out;
}

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(await readFile(new URL("desk.sql", import.meta.url), "utf8"));
  const { rows } = await admin.query<{ id: string }>("select id from auth.users order by email");
  [ada = "", bob = ""] = rows.map(({ id }) => id);
  const before = fileURLToPath(new URL("desk.prisma", import.meta.url));
  await mkdir(folder, { recursive: true });
  await rowhouse("plan", "--prisma", before, "--out", plan);
  await rowhouse("run", "--plan", plan, "--no-throttle");
  await rowhouse("prisma", "--plan", plan, "--prisma", before, "--out", schema);
  const { generatePrismaClient } = createRequire(import.meta.url)(
    "../../../../../scripts/generate-prisma-client.cjs",
  ) as { generatePrismaClient: (schema: string) => Promise<void> };
  await generatePrismaClient(schema);
  const { PrismaClient } = (await import(pathToFileURL(`${folder}generated/client.ts`).href)) as {
    PrismaClient: new (options: unknown) => Client;
  };
  client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
});

afterAll(async () => {
  await client.$disconnect();
  await admin.end();
  await rm(folder, { recursive: true });
  await dropDatabase(inject("postgresUrl"), name);
});

it("before contract the old application's statements pass the generated client, and the database says whose the row is", async () => {
  const issues = { create: [{ reporterId: ada }] };
  const made = await client.project.create({ data: { key: "B", ownerId: ada, issues }, include: { issues: true } });
  const { organizationId } = made;
  expect(organizationId).toEqual(expect.any(String));
  expect(made).toMatchObject({ issues: [{ organizationId }] });
  const where = { organizationId_key: { organizationId, key: "A" } };
  const issue = { include: { stage: true, reporter: true, parent: true } };
  expect(await client.project.findUnique({ where, include: { board: true, issues: issue } })).toMatchObject({
    ownerId: ada,
    board: { organizationId },
    issues: [{ stage: { number: 1 }, reporter: { id: ada }, parent: null }],
  });
});

it("rowhouse/prisma takes every model: no relation between tables of organizations goes without the organization", () => {
  const { _runtimeDataModel, _engineConfig } = client as unknown as ClientInternals;
  const tenant = ["projects", "boards", "stages", "issues", "votes"];
  const models = readPrismaSchema(_runtimeDataModel.models, _engineConfig.inlineSchema);
  const scopes = new ModelScopes(models, new TableScopes({ tenant, global: [] }));
  for (const model of ["Project", "Board", "Stage", "Issue", "Vote"])
    expect(scopes.get(model).tenantField).toBe("organizationId");
});

it("after contract the schema says what the database has, to the column, and the key that one-to-one wants holds by another", async () => {
  await rowhouse("run", "--plan", plan, "--no-throttle", "--until", "contract", "--yes");
  expect(await schemaDrift(admin, await readFile(schema, "utf8"))).toEqual([
    "in the schema: unique boards organization_id,project_id",
  ]);
}, 60_000);

it("after contract rows need no user, point at no other organization's, and outlive the user who made them", async () => {
  const [of, other] = await client.project.findMany({ where: { key: "A" }, orderBy: { owner: { email: "asc" } } });
  const organizationId = of?.["organizationId"];
  const made = await client.project.create({ data: { key: "NEW", organizationId } });
  expect(made).toMatchObject({ ownerId: null });
  expect(await client.issue.create({ data: { organizationId, projectId: made["id"] } })).toMatchObject({
    reporterId: null,
  });
  await expect(client.issue.create({ data: { organizationId, projectId: other?.["id"] } })).rejects.toMatchObject({
    code: "P2003",
  });
  const counts = async (): Promise<unknown> => [
    await client.project.count(),
    await client.issue.count(),
    await client.vote.count(),
  ];
  const [projects, issues, votes] = (await counts()) as number[];
  await client.user.delete({ where: { id: bob } });
  expect(await counts()).toEqual([projects, issues, (votes ?? 0) - 1]);
  expect(await client.project.findMany({ where: { id: other?.["id"] }, include: { owner: true } })).toMatchObject([
    { ownerId: null, owner: null },
  ]);
});
