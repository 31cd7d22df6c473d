import { mkdir, rm, writeFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { rewritePrismaSchema } from "../../../src/convert/prisma/rewrite-prisma-schema.ts";
import { shopPlan } from "./shop-plan.ts";

/** As much of the client as is used here; it is generated in the test. */
interface Client {
  collection: {
    create(query: unknown): Promise<unknown>;
    findUnique(query: unknown): Promise<unknown>;
    findMany(query: unknown): Promise<unknown[]>;
  };
  bookmark: { create(query: unknown): Promise<unknown>; updateMany(query: unknown): Promise<unknown> };
  $disconnect(): Promise<void>;
}

const name = `cli_prisma_${process.pid}_${Date.now().toString(36)}`;
const folder = fileURLToPath(new URL(`../../../.rowhouse/${name}/`, import.meta.url));
const [acme, globex] = ["0190a0a0-0000-7000-8000-00000000000a", "0190a0a0-0000-7000-8000-00000000000b"];
const [ada, bob] = ["0190a0a0-0000-7000-8000-000000000001", "0190a0a0-0000-7000-8000-000000000002"];
let client: Client;

// What the conversion leaves: the column, filled by a trigger for statements that do not name it, keys that begin with it.
const converted = `
  create table users (id uuid primary key, email text unique);
  create table owners (user_id uuid primary key, organization_id uuid not null);
  create table collections (id uuid primary key, slug varchar(40) not null, user_id uuid not null references users, organization_id uuid not null,
    unique (organization_id, id), unique (organization_id, slug));
  create table bookmarks (id uuid primary key, url text not null, title text, collection_id uuid, user_id uuid not null references users,
    organization_id uuid not null, foreign key (organization_id, collection_id) references collections (organization_id, id));
  create function fill() returns trigger language plpgsql as $$ begin
    new.organization_id := coalesce(new.organization_id, (select organization_id from owners where user_id = new.user_id)); return new; end $$;
  create trigger fill before insert on collections for each row execute function fill();
  create trigger fill before insert on bookmarks for each row execute function fill();
  insert into users values ('${ada}', 'ada'), ('${bob}', 'bob');
  insert into owners values ('${ada}', '${acme}'), ('${bob}', '${globex}')`;

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
  const connectionString = withDatabase(inject("postgresUrl"), name);
  const setup = new pg.Client({ connectionString });
  await setup.connect();
  await setup.query(converted);
  await setup.end();
  const text = await readFile(new URL("shop.prisma", import.meta.url), "utf8");
  const asTypeScript = text.replace(
    '"./generated"',
    '"./generated"\n  generatedFileExtension = "ts"\n  importFileExtension = "ts"\n  moduleFormat = "esm"',
  );
  const [file] = rewritePrismaSchema([{ path: "shop.prisma", text: asTypeScript }], shopPlan).files;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}schema.prisma`, file?.text ?? "");
  const { generatePrismaClient } = createRequire(import.meta.url)(
    "../../../../../scripts/generate-prisma-client.cjs",
  ) as {
    generatePrismaClient: (schema: string) => Promise<void>;
  };
  await generatePrismaClient(`${folder}schema.prisma`);
  const { PrismaClient } = (await import(pathToFileURL(`${folder}generated/client.ts`).href)) as {
    PrismaClient: new (options: unknown) => Client;
  };
  client = new PrismaClient({ adapter: new PrismaPg({ connectionString }) });
});

afterAll(async () => {
  await client.$disconnect();
  await rm(folder, { recursive: true });
  await dropDatabase(inject("postgresUrl"), name);
});

it("the old application's statements pass the generated client, and the database says whose the row is", async () => {
  const made = await client.collection.create({
    data: {
      slug: "books",
      userId: ada,
      bookmarks: { create: { url: "https://a.example", user: { connect: { id: ada } } } },
    },
    include: { bookmarks: true },
  });
  expect(made).toMatchObject({ slug: "books", organizationId: acme, bookmarks: [{ organizationId: acme }] });
});

it("a key that begins with the organization finds one row where two organizations have the same", async () => {
  await client.collection.create({ data: { slug: "same", userId: ada } });
  await client.collection.create({ data: { slug: "same", userId: bob } });
  const where = { organizationId_slug: { organizationId: globex, slug: "same" } };
  expect(await client.collection.findUnique({ where })).toMatchObject({ userId: bob });
  expect(await client.collection.findMany({ where: { slug: "same" }, include: { bookmarks: true } })).toHaveLength(2);
});

it("a relation keeps its fields, and the database refuses to point it at another organization", async () => {
  const foreign = await client.collection.create({ data: { slug: "foreign", userId: bob } });
  const { id } = foreign as { id: string };
  const data = { url: "https://b.example", userId: ada, collectionId: id };
  await expect(client.bookmark.create({ data })).rejects.toMatchObject({ code: "P2003" });
});
