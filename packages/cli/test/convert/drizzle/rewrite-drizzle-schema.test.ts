import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import type { PgTable } from "drizzle-orm/pg-core";
import pg from "pg";
import { expect, inject, it } from "vitest";
import { rewriteDrizzleSchema } from "../../../src/convert/drizzle/rewrite-drizzle-schema.ts";
import { planOf, tableOf } from "../orm/plan-of.ts";

const path = "schema.ts";
const schema = `// My   schema.
import { pgTable, text, integer, serial, index, uniqueIndex } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: serial().primaryKey(), email: text().unique() });

export const links = pgTable(
  "links",
  {
    id: serial("id").primaryKey(), // its key
    /** In the address. */
    slug: text("slug").notNull().unique("links_slug_key"),
    userId: integer("user_id").references(() => users.id),
  },
  (t) => [
    index("links_by_user").on(t.userId), // stays
    uniqueIndex("links_user_slug").on(t.userId, t.slug),
  ],
);

export const tags = pgTable("tags", { id: serial("id").primaryKey(), label: text("label").unique() });
export const notes = pgTable("notes", { id: serial("id").primaryKey() }, (t) => ({ byId: index().on(t.id) }));
`;
const rewrittenSchema = `// My   schema.
import { sql } from "drizzle-orm";
import { pgTable, text, integer, serial, index, uniqueIndex, uuid, unique } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: serial().primaryKey(), email: text().unique() });

export const links = pgTable(
  "links",
  {
    id: serial("id").primaryKey(), // its key
    organizationId: uuid("organization_id").notNull().$defaultFn(() => sql\`default\`),
    /** In the address. */
    slug: text("slug").notNull(),
    userId: integer("user_id").references(() => users.id),
  },
  (t) => [
    uniqueIndex("links_organization_slug").on(t.organizationId, t.slug),
    index("links_by_user").on(t.userId), // stays
  ],
);

export const tags = pgTable("tags", { id: serial("id").primaryKey(), organizationId: uuid("organization_id"), label: text("label") }, (table) => [unique().on(table.organizationId, table.label)]);
export const notes = pgTable("notes", { id: serial("id").primaryKey(), organizationId: uuid("organization_id").notNull().$defaultFn(() => sql\`default\`) }, (t) => ({ organizationKey2: index().on(t.organizationId), byId: index().on(t.id) }));
`;
const unique = (index: string, ...columns: readonly string[]) => ({ index, columns, widen: true, reason: "" });
const plan = planOf(
  [
    tableOf("public.users", { class: "identity", derive: null }),
    tableOf("public.links", {
      uniques: [unique("links_slug_key", "slug"), unique("links_user_slug", "user_id", "slug")],
    }),
    tableOf("public.tags", { class: "mixed", uniques: [unique("tags_label_unique", "label")] }),
    tableOf("public.notes"),
  ],
  ["create unique index concurrently links_organization_slug on public.links (organization_id, slug)"],
);

function rewritten(text: string): string {
  return rewriteDrizzleSchema([{ path, text }], plan, "none").files[0]?.text ?? "";
}

it("the organization and its keys are added, widened keys take the place of the old, and every other byte stays", () => {
  const { changed, byHand } = rewriteDrizzleSchema([{ path, text: schema }], plan, "none");
  expect(rewritten(schema)).toBe(rewrittenSchema);
  expect([changed, byHand]).toEqual([["links", "tags", "notes"], []]);
  expect(rewritten(schema.replaceAll("\n", "\r\n"))).toBe(rewrittenSchema.replaceAll("\n", "\r\n"));
});

it("a schema that was rewritten stays as it is", () => {
  expect(rewritten(rewrittenSchema)).toBe(rewrittenSchema);
});

it("an owner that the last phase lets be empty is optional, and who is deleted leaves the rows; two constants of one table change both", () => {
  const text = `import { pgTable, integer, serial, text } from "drizzle-orm/pg-core";
export const notes = pgTable("notes", { id: serial().primaryKey(), userId: integer("user_id").notNull().references(() => users.id, { onDelete: 'cascade' }) });
export const noteIds = pgTable("notes", { id: serial().primaryKey() });
`;
  const after = rewritten(text).split("\n");
  expect(after[2]).toContain(`integer("user_id").references(() => users.id, { onDelete: 'set null' })`);
  expect(after[3]).toContain('organizationId: uuid("organization_id")');
});

it("what no edit is safe in is told with its line, and what to write", () => {
  const text = `import { pgTable, serial } from "drizzle-orm/pg-core";
export const links = pgTable("links", linkColumns(), keysOf);
export const notes = pgTable("notes", { id: serial().primaryKey() }, ({ id }) => [index().on(id)]);
`;
  expect(rewriteDrizzleSchema([{ path, text }], plan, "none").byHand).toEqual([
    'schema.ts:2: organizationId: uuid("organization_id").notNull().$defaultFn(() => sql`default`)',
    "schema.ts:2: a key on (organization_id, slug), whose columns are not all in the schema",
    "schema.ts:3: index().on(table.organizationId)",
    "public.tags is not in the schema: what reads it must name the organization itself",
  ]);
});

it("what is written works on the converted database, and statements that do not name the organization pass", async () => {
  const name = `cli_drizzle_${process.pid}_${Date.now().toString(36)}`;
  const folder = fileURLToPath(new URL(`../../../.rowhouse/${name}/`, import.meta.url));
  await ensureDatabase(inject("postgresUrl"), name);
  const client = new pg.Client({ connectionString: withDatabase(inject("postgresUrl"), name) });
  await client.connect();
  try {
    const owner = "0190a0a0-0000-7000-8000-00000000000a";
    await client.query(`
      create table links (id serial primary key, organization_id uuid not null, slug text not null, user_id int, unique (organization_id, slug));
      create function fill() returns trigger language plpgsql as $$ begin
        new.organization_id := coalesce(new.organization_id, '${owner}'); return new; end $$;
      create trigger fill before insert on links for each row execute function fill()`);
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}schema.ts`, rewritten(schema));
    const { links } = (await import(pathToFileURL(`${folder}schema.ts`).href)) as { links: PgTable };
    const row = { slug: "books" } as PgTable["$inferInsert"];
    expect(await drizzle(client).insert(links).values(row).returning()).toMatchObject([
      { slug: "books", organizationId: owner },
    ]);
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
    await dropDatabase(inject("postgresUrl"), name);
  }
});
