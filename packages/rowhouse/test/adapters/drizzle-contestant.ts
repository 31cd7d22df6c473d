import { eq, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { openDrizzle } from "../../src/adapters/drizzle.ts";
import type { Contestant, Handle } from "./contestant.ts";
import { presets, projects, schema, tasks } from "./drizzle-schema.ts";

export const drizzleContestant: Contestant = {
  name: "drizzle",
  fixedCode: "ORGANIZATION_FIXED",
  commitsByText: false,
  open: (tenant) => handleOf(openDrizzle(tenant, { schema })),
};

type Db = Pick<
  NodePgDatabase<typeof schema>,
  "query" | "select" | "insert" | "update" | "delete" | "execute" | "$count" | "transaction"
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
    presets: async () =>
      (await db.select({ name: presets.name }).from(presets).orderBy(presets.name)).map(({ name }) => name),
    countPresets: () => db.$count(presets),
    createPreset: async (name) => {
      const [row] = await db.insert(presets).values({ name }).returning();
      if (row === undefined) throw new Error("no row");
      return row;
    },
    renamePreset: async (id, name) => (await db.update(presets).set({ name }).where(eq(presets.id, id))).rowCount ?? 0,
    removePreset: async (id) => (await db.delete(presets).where(eq(presets.id, id))).rowCount ?? 0,
    putPreset: async (id, name) =>
      db.insert(presets).values({ id, name }).onConflictDoUpdate({ target: presets.id, set: { name } }),
    usePreset: async (presetId) => db.update(tasks).set({ presetId }),
    tasksWithPresets: async () => {
      const found = await db.query.tasks.findMany({ with: { preset: true }, orderBy: tasks.title });
      return found.map(({ title, preset }) => ({ title, preset: preset?.name ?? null }));
    },
    presetsWithTasks: async () => {
      const found = await db.query.presets.findMany({ with: { tasks: true }, orderBy: presets.name });
      return found.map(({ name, tasks: its }) => ({ name, tasks: its.map(({ title }) => title) }));
    },
    raw: async (text, values = []) => (await db.execute(toSql(text, values))).rows,
    transaction: (work) => db.transaction((inner) => work(handleOf(inner))),
  };
}

function toSql(text: string, values: readonly unknown[]) {
  const parts = text.split(/\$\d+/).map((part) => sql.raw(part));
  return sql.join(parts.flatMap((part, index) => (index === 0 ? [part] : [sql`${values[index - 1]}`, part])));
}
