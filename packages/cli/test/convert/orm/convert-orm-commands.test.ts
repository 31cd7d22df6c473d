import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import { afterAll, expect, inject, it } from "vitest";
import { runHere } from "../../fixture/run-here.ts";
import { tableOf, writePlanOf } from "./plan-of.ts";

const folder = await mkdtemp(join(tmpdir(), "rowhouse-orm-"));
const plan = await writePlanOf([tableOf("public.links")]);
const unknown =
  "No --url was given, so the new keys have no names of the database, and its foreign keys are not looked at.\n";
afterAll(() => rm(folder, { recursive: true }));

it("convert prisma writes beside the schema, a file or a folder, and never over it", async () => {
  const models = 'datasource db {\n  provider = "postgresql"\n}\n\nmodel links {\n  id Int @id\n}\n';
  await mkdir(join(folder, "prisma"));
  await writeFile(join(folder, "schema.prisma"), models);
  await writeFile(join(folder, "prisma", "links.prisma"), models);
  const file = join(folder, "schema.prisma");
  const { code, out, error } = await runHere(["convert", "prisma", "--plan", plan, "--prisma", file]);
  expect([code, error]).toEqual([0, ""]);
  expect(out).toBe(`${unknown}1 model changed: links.\nWritten: ${join(folder, "schema.rowhouse.prisma")}\n`);
  expect(await readFile(join(folder, "schema.rowhouse.prisma"), "utf8")).toContain("organizationId String");
  expect(await readFile(file, "utf8")).toBe(models);
  await runHere(["convert", "prisma", "--plan", plan, "--prisma", join(folder, "prisma")]);
  expect(await readFile(join(folder, "prisma.rowhouse", "links.prisma"), "utf8")).toContain("organizationId String");
  const over = await runHere(["convert", "prisma", "--plan", plan, "--prisma", file, "--out", file]);
  expect([over.code, over.error]).toEqual([2, expect.stringContaining("the schema that is read")]);
});

it("convert drizzle writes beside the schema and says what is left to write by hand", async () => {
  const file = join(folder, "schema.ts");
  await writeFile(
    file,
    'import { pgTable, serial } from "drizzle-orm/pg-core";\nexport const links = pgTable("links", { id: serial().primaryKey() }, keys);\n',
  );
  const { code, out } = await runHere(["convert", "drizzle", "--plan", plan, "--drizzle", file]);
  expect(code).toBe(0);
  expect(out).toBe(
    `${unknown}1 table changed: links.\nWritten: ${join(folder, "schema.rowhouse.ts")}\nLeft to write by hand:\n  ${file}:2: index().on(table.organizationId)\n`,
  );
});

it("convert plan takes what a Drizzle schema says that names do not, in its casing", async () => {
  const database = `convert_casing_${process.pid}`;
  const url = withDatabase(inject("postgresUrl"), database);
  const file = join(folder, "cased.ts");
  await writeFile(
    file,
    `import { integer, pgTable, text } from "drizzle-orm/pg-core";
    export const users = pgTable("users", { id: integer().primaryKey(), email: text() });
    export const notes = pgTable("notes", { id: integer().primaryKey(), writtenFor: integer().notNull().references(() => users.id) });`,
  );
  await ensureDatabase(inject("postgresUrl"), database);
  try {
    await withAdminClient(url, (admin) =>
      admin.query(
        "create table users (id int primary key, email text); create table notes (id int primary key, written_for int not null)",
      ),
    );
    const given = ["convert", "plan", "--url", url, "--drizzle", file];
    const cased = await runHere([...given, "--casing", "snake_case"]);
    expect([cased.code, cased.error]).toEqual([0, ""]);
    expect(cased.out).toContain("public.notes  written_for > public.users.id");
    const { code, error } = await runHere(given);
    expect([code, error]).toEqual([2, expect.stringContaining("public.notes has no column writtenFor (")]);
  } finally {
    await dropDatabase(inject("postgresUrl"), database);
  }
});
