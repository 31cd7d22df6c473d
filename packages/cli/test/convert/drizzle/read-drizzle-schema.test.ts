import { expect, it } from "vitest";
import { parseDeclarations } from "../../../src/convert/drizzle/parse-declarations.ts";
import { readDrizzleSchema, relationsOfDrizzle } from "../../../src/convert/drizzle/read-drizzle-schema.ts";
import type { Casing } from "../../../src/convert/drizzle/drizzle-tables.ts";

function linesOf(files: Readonly<Record<string, string>>, casing: Casing = "none"): readonly string[] {
  const all = Object.entries(files).flatMap(([path, text]) => parseDeclarations({ path, text }));
  return relationsOfDrizzle(all, casing).map(
    ({ table, columns, parent, parentColumns, optional, at }) =>
      `${at} ${table} (${columns.join()}) -> ${parent} (${parentColumns.join()})${optional ? " optional" : ""}`,
  );
}

const users = `
import { pgTable, pgSchema, uuid, text } from "drizzle-orm/pg-core"
const auth = pgSchema("auth")
export const users = auth.table("user", { id: uuid().primaryKey(), pattern: text().$default(() => /[{]"/.source) })
`;

it("references, foreign keys and relations are found, in each file, with the names of the database", () => {
  const posts = `
import { users } from "./users";
const timestamps = { createdAt: timestamp({ mode: "date" }).notNull(), editorId: uuid().references(() => users.id) };
/* a comment with { */
export const posts = pgTable(
  "posts",
  {
    id: uuid("id").primaryKey().$type<Branded<"post", { a: 1 }>>(),
    authorId: uuid("author_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    parentId: uuid("parent_id").references((): AnyPgColumn => posts.id),
    title: text(\`title\`).default(sql\`\${now} || '}'\`),
    ...timestamps,
  },
  (table) => [
    index("by_author").on(table.authorId),
    foreignKey({ columns: [table.title, table.id], foreignColumns: [titles.text, titles.post], name: "x" }).onDelete("cascade"),
  ],
).enableRLS();
export const titles = pgTable("titles", { text: text().notNull(), post: uuid().notNull() }, (t) => ({ key: primaryKey({ columns: [t.text, t.post] }) }));
export const notes = pgTable("notes", { id: uuid().primaryKey(), postId: uuid("post_id").notNull(), authorId: uuid("author_id") });
export const notesRelations = relations(notes, ({ one, many }) => ({
  post: one(posts, { fields: [notes.postId], references: [posts.id] }),
  likes: many(likes),
}));
export const postsRelations = relations(posts, ({ one }) => {
  return { author: one(users, { fields: [posts.authorId], references: [users.id] }) };
});
export const newer = defineRelations(schema, (r) => ({
  notes: { author: r.one.users({ from: r.notes.authorId, to: r.users.id }) },
  users: { notes: r.many.notes({ from: r.users.id, to: r.notes.authorId }) },
}));
`;
  expect(linesOf({ "users.ts": users, "posts.ts": posts })).toEqual([
    'posts.ts:9 public.posts (author_id) -> auth."user" (id)',
    "posts.ts:10 public.posts (parent_id) -> public.posts (id) optional",
    'posts.ts:3 public.posts (editorId) -> auth."user" (id) optional',
    "posts.ts:16 public.posts (title,id) -> public.titles (text,post) optional",
    "posts.ts:22 public.notes (post_id) -> public.posts (id)",
    'posts.ts:29 public.notes (author_id) -> auth."user" (id) optional',
  ]);
});

it("names that Drizzle makes follow the casing, and a creator's prefix; columns may come from a function", () => {
  const text = `
export const createTable = pgTableCreator((name) => \`shop_\${name}\`);
export const users = createTable("user", (d) => ({ userID: d.uuid().primaryKey() }));
export const carts = createTable("cart", (d) => ({ ownerUserID: d.uuid().notNull().references(() => users.userID) }))
`;
  expect(linesOf({ "schema.ts": text }, "snake_case")).toEqual([
    "schema.ts:4 public.shop_cart (owner_user_id) -> public.shop_user (user_id)",
  ]);
  expect(linesOf({ "schema.ts": text })).toEqual([
    "schema.ts:4 public.shop_cart (ownerUserID) -> public.shop_user (userID)",
  ]);
});

it("what is no schema of Postgres, does not parse or is missing is refused, with the line", async () => {
  const read = (text: string) => () => linesOf({ "schema.ts": text });
  expect(read('export const users = mysqlTable("users", {})')).toThrow(/declares no table with pgTable/);
  expect(read('export const users = pgTable("users", {\n  id: uuid("id"),\n);')).toThrow(
    /^schema\.ts:3:\d+: "\)" closes nothing here/,
  );
  expect(read('export const users = pgTable(\n"users", { id: uuid("id") }')).toThrow(
    /^schema\.ts:1:\d+: "\(" is never closed/,
  );
  expect(read("export const users = pgTable(\n'users)")).toThrow(/^schema\.ts:2:\d+: This text has no closing quote/);
  await expect(readDrizzleSchema("/nowhere/schema.ts")).rejects.toMatchObject({ code: "INVALID_INPUT" });
});
