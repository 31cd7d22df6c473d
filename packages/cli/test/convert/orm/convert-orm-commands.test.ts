import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runHere } from "../../fixture/run-here.ts";
import { tableOf, writePlanOf } from "./plan-of.ts";

const folder = await mkdtemp(join(tmpdir(), "rowhouse-orm-"));
const plan = await writePlanOf([tableOf("public.links")]);
afterAll(() => rm(folder, { recursive: true }));

it("convert prisma writes beside the schema, a file or a folder, and never over it", async () => {
  const models = 'datasource db {\n  provider = "postgresql"\n}\n\nmodel links {\n  id Int @id\n}\n';
  await mkdir(join(folder, "prisma"));
  await writeFile(join(folder, "schema.prisma"), models);
  await writeFile(join(folder, "prisma", "links.prisma"), models);
  const file = join(folder, "schema.prisma");
  const { code, out, error } = await runHere(["convert", "prisma", "--plan", plan, "--prisma", file]);
  expect([code, error]).toEqual([0, ""]);
  expect(out).toBe(`1 model changed: links.\nWritten: ${join(folder, "schema.rowhouse.prisma")}\n`);
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
    `1 table changed: links.\nWritten: ${join(folder, "schema.rowhouse.ts")}\nLeft to write by hand:\n  ${file}:2: index().on(table.organizationId)\n`,
  );
});
