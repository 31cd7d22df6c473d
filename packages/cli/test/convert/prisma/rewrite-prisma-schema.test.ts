import { readFile } from "node:fs/promises";
import { getDMMF } from "@prisma/internals";
import { expect, it } from "vitest";
import { rewritePrismaSchema } from "../../../src/convert/prisma/rewrite-prisma-schema.ts";
import { shopPlan } from "./shop-plan.ts";

const path = "shop.prisma";
const before = await readFile(new URL("shop.prisma", import.meta.url), "utf8");

function rewritten(text: string): string {
  const [file] = rewritePrismaSchema([{ path, text }], shopPlan).files;
  return file?.text ?? "";
}

it("the organization and its keys are added, widened keys take the place of the old, and every other byte stays", () => {
  const after = rewritten(before).split("\n");
  const lines = before.split("\n");
  expect(after.filter((line) => !lines.includes(line))).toEqual(
    [
      '  userId String? @unique @map("user_id") @db.Uuid',
      "  user   User?  @relation(fields: [userId], references: [id], onDelete: Restrict)",
      '  organizationId String @default(dbgenerated()) @map("organization_id") @db.Uuid',
      "",
      '  @@unique([organizationId, userId], map: "profiles_organization_user")',
      '  organizationId String     @default(dbgenerated()) @map("organization_id") @db.Uuid',
      "  slug      String     @db.VarChar(40) // in the address",
      '  userId    String?    @map("user_id") @db.Uuid',
      "  user      User?      @relation(fields: [userId], references: [id], onDelete: SetNull)",
      '  @@unique([organizationId, slug], map: "collections_organization_slug")',
      '  @@unique([organizationId, id], map: "collections_organization_key")',
      '  @@index([organizationId, userId], map: "collections_organization_user")',
      '  organizationId String @default(dbgenerated()) @map("organization_id") @db.Uuid',
      "  collection Collection? @relation(fields: [organizationId, collectionId], references: [organizationId, id])",
      '  userId String? @map("user_id") @db.Uuid',
      "  user User? @relation(fields: [userId], references: [id], onDelete: Restrict)",
      "  @@unique([organizationId, url]) /* once */",
      "  organization_id String? @db.Uuid",
      "  @@index([organization_id])",
    ].filter((line) => line !== ""),
  );
  const gone = lines.filter((line) => !after.includes(line));
  expect(gone).toEqual([
    '  userId String @unique @map("user_id") @db.Uuid',
    "  user   User   @relation(fields: [userId], references: [id])",
    "  slug      String     @unique @db.VarChar(40) // in the address",
    '  userId    String     @map("user_id") @db.Uuid',
    "  user      User       @relation(fields: [userId], references: [id], onDelete: Cascade)",
    "  @@unique([userId, slug])",
    "  collection Collection? @relation(fields: [collectionId], references: [id])",
    '  userId String @map("user_id") @db.Uuid',
    "  user User @relation(fields: [userId], references: [id])",
    '  @@unique([userId, url], map: "bookmarks_user_url") /* once */',
  ]);
});

it("what is written is a schema that Prisma accepts, in one file and in CRLF", async () => {
  const dmmf = await getDMMF({ datamodel: [[path, rewritten(before)]] });
  const field = dmmf.datamodel.models.flatMap(({ name, fields }) =>
    fields
      .filter((each) => each.name === "organizationId")
      .map((each) => `${name} ${each.dbName ?? ""} ${each.isRequired}`),
  );
  expect(field).toEqual([
    "Profile organization_id true",
    "Collection organization_id true",
    "Bookmark organization_id true",
  ]);
  const windows = rewritten(before.replaceAll("\n", "\r\n"));
  expect(windows.replaceAll("\r\n", "")).not.toContain("\n");
  expect(windows.replaceAll("\r\n", "\n")).toBe(rewritten(before));
});

it("a schema that was rewritten stays as it is", () => {
  expect(rewritten(rewritten(before))).toBe(rewritten(before));
});

it("a mark of the byte order stays where it is, and two models of one table are refused with their place", () => {
  expect(rewritten(`\ufeff${before}`)).toBe(`\ufeff${rewritten(before)}`);
  const twice = `${before}\nmodel Again {\n  id String @id\n  @@map("bookmarks")\n}\n`;
  expect(() => rewritten(twice)).toThrow(/^shop\.prisma:67:1: Again and Bookmark are both models of public\.bookmarks/);
});

it("a unique key that a relation needs is kept, a table without a model is named, and a schema of something else is refused", () => {
  const { notes, changed } = rewritePrismaSchema([{ path, text: before }], shopPlan);
  expect(changed).toEqual(["Profile", "Collection", "Bookmark", "tag"]);
  expect(notes).toEqual([
    "shop.prisma:22: Profile keeps its unique (userId): user is one to one by it. Within an organization it holds.",
    "public.unmodelled has no model: what reads it must name the organization itself.",
  ]);
  expect(() => rewritePrismaSchema([{ path, text: "model A {\n  id Int @id\n}\n" }], shopPlan)).toThrow(
    /have no table in common: the plan has public\.users, the schema public\."A"/,
  );
});
