import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { assertKnownTables } from "../../../src/convert/orm/assert-known-tables.ts";
import {
  parsePrismaFiles,
  readPrismaSchema,
  relationsOfPrisma,
} from "../../../src/convert/prisma/read-prisma-schema.ts";

const folder = await mkdtemp(join(tmpdir(), "rowhouse-prisma-"));
afterAll(() => rm(folder, { recursive: true }));

const schema = `
generator client { // on one line with its brace
  provider = "prisma-client"
  output   = "../generated"
}

datasource db {
  provider     = "postgresql"
  relationMode = "prisma"
  schemas      = ["public", "billing"]
}

/// Somebody who signs in. @relation(fields: [no], references: [no])
model User {
  id    String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  links Link[]
  order Order?

  @@map("user")
  @@schema("public")
}

model Link {
  id     String  @id @default(cuid())
  url    String  @default("https://example.com // no comment {")
  userId String? @map("user_id") @db.Uuid
  user   User?   @relation(fields: [userId], references: [id],
                           onDelete: Cascade)
  parent   Link?  @relation("Tree", fields: [parentId], references: [id])
  parentId String?
  children Link[] @relation("Tree")
  tags   Tag[]
  @@index([userId(sort: Desc), url(ops: raw("text_ops"))], type: BTree, map: "links_by_user")
  @@schema("public")
}

model Tag {
  id    Int    @id
  links Link[]
  @@schema("public")
}

model Order {
  userId  String @id
  user    User   @relation(fields: [userId], references: [id])
  lines   Line[]
  kind    Kind   @default(a)
  weird   Unsupported("tsvector")?
  @@schema("billing")
}

model Line {
  owner  String
  number Int
  order  Order @relation(fields: [owner], references: [userId])
  next   Line? @relation("Next", fields: [nextOwner, nextNumber], references: [owner, number])
  before Line? @relation("Next")
  nextOwner  String?
  nextNumber Int?
  @@id([owner, number])
  @@map("order lines")
  @@schema("billing")
}

enum Kind {
  a
  b @map("B")

  @@schema("billing")
}
`;

it("relations are found with the names of tables and columns in the database, also of a table that Prisma makes for itself", () => {
  const found = relationsOfPrisma(parsePrismaFiles([{ path: "schema.prisma", text: schema }]));
  const lines = found.map(
    ({ table, columns, parent, parentColumns, optional }) =>
      `${table} (${columns.join()}) -> ${parent} (${parentColumns.join()})${optional ? " optional" : ""}`,
  );
  expect(lines).toEqual([
    'public."Link" (user_id) -> public."user" (id) optional',
    'public."Link" (parentId) -> public."Link" (id) optional',
    'public."_LinkToTag" (A) -> public."Link" (id)',
    'public."_LinkToTag" (B) -> public."Tag" (id)',
    'billing."Order" (userId) -> public."user" (id)',
    'billing."order lines" (owner) -> billing."Order" (userId)',
    'billing."order lines" (nextOwner,nextNumber) -> billing."order lines" (owner,number) optional',
  ]);
  expect(found[0]?.at).toBe("schema.prisma:27");
});

it("a folder of files is one schema, and CRLF ends a line", async () => {
  await writeFile(
    join(folder, "b.prisma"),
    "model B {\r\n  id Int @id // mine\r\n  aId Int\r\n  a A @relation(fields: [aId], references: [id])\r\n}\r\n",
  );
  await writeFile(join(folder, "a.prisma"), "model A {\r\n  id Int @id\r\n  b B[]\r\n}\r\n");
  expect(await readPrismaSchema(folder)).toMatchObject([
    { table: 'public."B"', parent: 'public."A"', columns: ["aId"] },
  ]);
});

it.each([
  ["a file that is missing", undefined, /^The schema of --prisma could not be read: ENOENT/],
  ["a file without a model", 'datasource db {\n  provider = "postgresql"\n}\n', /there is no model in it/],
  [
    "another language",
    "create table users (id int);",
    /bad\.prisma:1:\d+: A block of a Prisma schema begins with model/,
  ],
  [
    "a text without an end",
    'model A {\n  id String @default("x)\n}\n',
    /bad\.prisma:2:\d+: This text has no closing quote/,
  ],
  ["an open block", "model A {\n  id Int @id\n", /bad\.prisma:3:\d+: .*The file ends instead/],
  ["a block on one line", "model A { id Int @id }\n", /bad\.prisma:1:22: More follows here/],
  ["an attribute without a value", "model A {\n  id Int @id(\n}\n", /bad\.prisma:3:1: A value is expected/],
  [
    "a name that two models have",
    "model A {\n  id Int @id\n}\n\nmodel A {\n  id Int @id\n}\n",
    /bad\.prisma:5:1: A is a model/,
  ],
  ["a field without a type", "model A {\n  id Int @id\n  name\n}\n", /bad\.prisma:3:7: A word is expected here/],
])("%s is refused and the line is named", async (_, text, message) => {
  const path = join(folder, text === undefined ? "missing.prisma" : "bad.prisma");
  if (text !== undefined) await writeFile(path, text);
  await expect(readPrismaSchema(path)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringMatching(message) as string,
  });
});

it("a table that the database does not have is refused with the place that names it", () => {
  const found = relationsOfPrisma(parsePrismaFiles([{ path: "schema.prisma", text: schema }]));
  const known = new Set(['public."Link"', 'public."user"', 'public."_LinkToTag"', 'public."Tag"', 'billing."Order"']);
  expect(() => assertKnownTables(found, known)).toThrow(/no table billing\."order lines" \(schema\.prisma:\d+\)\. /);
  expect(() => assertKnownTables(found, new Set([...known, 'billing."order lines"']))).not.toThrow();
});
