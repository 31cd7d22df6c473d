import { eq, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { openDrizzle } from "../../src/adapters/drizzle.ts";
import type { Contestant, Handle } from "./contestant.ts";
import { projects, schema, tasks } from "./drizzle-schema.ts";

export const drizzleContestant: Contestant = {
  name: "drizzle",
  fixedCode: "ORGANIZATION_FIXED",
  commitsByText: false,
  open: (tenant) => handleOf(openDrizzle(tenant, { schema })),
};

type Db = Pick<
  NodePgDatabase<typeof schema>,
  "query" | "select" | "insert" | "update" | "delete" | "execute" | "transaction"
>;

function handleOf(db: Db): Handle {
  return {
    names: async () =>
      (await db.select({ name: projects.name }).from(projects).orderBy(projects.name)).map(({ name }) => name),
    find: async (id) => (await db.query.projects.findFirst({ where: eq(projects.id, id) }))?.name,
    create: async (name, organizationId) => {
      const [row] = await db
        .insert(projects)
        .values({ name, ...(organizationId !== undefined && { organizationId }) })
        .returning({ id: projects.id, organizationId: projects.organizationId });
      if (row === undefined) throw new Error("no row");
      return row;
    },
    createTask: async (projectId, title) => {
      await db.insert(tasks).values({ projectId, title });
    },
    rename: async (id, name) => (await db.update(projects).set({ name }).where(eq(projects.id, id))).rowCount ?? 0,
    move: async (id, organizationId) => db.update(projects).set({ organizationId }).where(eq(projects.id, id)),
    remove: async (id) => (await db.delete(projects).where(eq(projects.id, id))).rowCount ?? 0,
    raw: async (text, values = []) => (await db.execute(toSql(text, values))).rows,
    transaction: (work) => db.transaction((inner) => work(handleOf(inner))),
  };
}

function toSql(text: string, values: readonly unknown[]) {
  const parts = text.split(/\$\d+/).map((part) => sql.raw(part));
  return sql.join(parts.flatMap((part, index) => (index === 0 ? [part] : [sql`${values[index - 1]}`, part])));
}
