import { CompiledQuery, type Generated, type Kysely, type Transaction } from "kysely";
import { openKysely } from "../../src/adapters/kysely.ts";
import type { AnyTenant } from "../../src/tenant/connections-of.ts";
import type { TenantTables } from "../../src/tenant/tenant.ts";
import type { Contestant, Handle, PresetHandle } from "./contestant.ts";

/** The fixture with its names as in Postgres. */
export interface PlainDatabase {
  projects: { id: Generated<string>; organization_id: string; name: string; created_at: Generated<Date> };
  tasks: {
    id: Generated<string>;
    organization_id: string;
    project_id: string;
    title: string;
    preset_id: Generated<string | null>;
  };
  presets: { id: Generated<string>; organization_id: string | null; name: string };
}

type Db = Kysely<TenantTables<PlainDatabase>>;

export const kyselyContestant: Contestant = {
  name: "kysely",
  fixedCode: "ORGANIZATION_FIXED",
  commitsByText: false,
  open: (tenant: AnyTenant) => handleOf(openKysely<PlainDatabase>(tenant), transact),
};

type Transact = <T>(db: Db, work: (inner: Handle) => Promise<T>) => Promise<T>;

function handleOf(db: Db, nest: Transact): Handle {
  // The types leave the organization out; what a program does nevertheless is refused as well.
  const loose = db as unknown as Kysely<PlainDatabase>;
  return {
    names: async () =>
      (await db.selectFrom("projects").select("name").orderBy("name").execute()).map(({ name }) => name),
    find: async (id) => (await db.selectFrom("projects").select("name").where("id", "=", id).executeTakeFirst())?.name,
    create: async (name, organization_id) => {
      const values = organization_id === undefined ? { name } : { name, organization_id };
      const insert = loose.insertInto("projects").values(values as { name: string; organization_id: string });
      const row = await insert.returning(["id", "organization_id"]).executeTakeFirstOrThrow();
      return { id: row.id, organizationId: row.organization_id };
    },
    createTask: async (project_id, title) => {
      await db.insertInto("tasks").values({ project_id, title }).execute();
    },
    rename: async (id, name) =>
      Number((await db.updateTable("projects").set({ name }).where("id", "=", id).executeTakeFirst()).numUpdatedRows),
    move: (id, organization_id) =>
      loose.updateTable("projects").set({ organization_id }).where("id", "=", id).execute(),
    remove: async (id) =>
      Number((await db.deleteFrom("projects").where("id", "=", id).executeTakeFirst()).numDeletedRows),
    ...presetsOf(db),
    raw: async (text, values = []) =>
      (await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]))).rows,
    transaction: (work) => nest(db, work),
  };
}

function presetsOf(db: Db): PresetHandle {
  return {
    presets: async () =>
      (await db.selectFrom("presets").select("name").orderBy("name").execute()).map(({ name }) => name),
    countPresets: async () =>
      Number((await db.selectFrom("presets").select(db.fn.countAll().as("n")).executeTakeFirstOrThrow()).n),
    createPreset: async (name) => {
      const insert = db.insertInto("presets").values({ name }).returning(["id", "organization_id"]);
      const row = await insert.executeTakeFirstOrThrow();
      return { id: row.id, organizationId: row.organization_id };
    },
    renamePreset: async (id, name) =>
      Number((await db.updateTable("presets").set({ name }).where("id", "=", id).executeTakeFirst()).numUpdatedRows),
    removePreset: async (id) =>
      Number((await db.deleteFrom("presets").where("id", "=", id).executeTakeFirst()).numDeletedRows),
    putPreset: (id, name) =>
      db
        .insertInto("presets")
        .values({ id, name })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ name }))
        .execute(),
    usePreset: (preset_id) => db.updateTable("tasks").set({ preset_id }).execute(),
    tasksWithPresets: () =>
      db
        .selectFrom("tasks")
        .leftJoin("presets", "presets.id", "tasks.preset_id")
        .select(["title", "presets.name as preset"])
        .orderBy("title")
        .execute(),
    presetsWithTasks: async () => {
      const rows = await db
        .selectFrom("tasks as t")
        .rightJoin("presets as p", "p.id", "t.preset_id")
        .select(["p.name", "t.title"])
        .orderBy("p.name")
        .execute();
      return rows.map(({ name, title }) => ({ name, tasks: title === null ? [] : [title] }));
    },
  };
}

async function transact<T>(db: Db, work: (inner: Handle) => Promise<T>): Promise<T> {
  return db.transaction().execute((transaction) => work(handleOf(transaction, nestIn(transaction))));
}

let savepoints = 0;

/** Kysely nests by savepoints that are named by hand. */
function nestIn(transaction: Transaction<TenantTables<PlainDatabase>>): Transact {
  return async (_, work) => {
    const name = `nested_${(savepoints += 1)}`;
    await transaction.executeQuery(CompiledQuery.raw(`savepoint ${name}`));
    try {
      const result = await work(handleOf(transaction, nestIn(transaction)));
      await transaction.executeQuery(CompiledQuery.raw(`release savepoint ${name}`));
      return result;
    } catch (error) {
      await transaction.executeQuery(CompiledQuery.raw(`rollback to savepoint ${name}`));
      throw error;
    }
  };
}
