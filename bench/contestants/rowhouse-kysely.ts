import { sql } from "kysely";
import type { BenchOrganization } from "../database/bench-database.ts";
import { sealKey, toSealed } from "../database/seal-database.ts";
import { pageSize, type JoinedTask, type TitledTask } from "../operations/operation.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";
import { holdScopes, type HeldScopes } from "./held-scopes.ts";
import { newestProjects, type BenchTenant } from "./rowhouse-tenancy.ts";

/** The same in a database whose policies believe a sealed context alone. */
export async function openRowhouseSealed(options: ContestantOptions): Promise<Contestant> {
  const runtimeUrl = toSealed(options.runtimeUrl);
  return openOn(await holdScopes({ ...options, runtimeUrl, seal: { key: sealKey } }), "Rowhouse on Kysely, sealed");
}

/** Queries on `tenant.db`, built anew each time and without naming the organization. */
export async function openRowhouseKysely(options: ContestantOptions): Promise<Contestant> {
  return openOn(await holdScopes(options), "Rowhouse on Kysely");
}

function openOn(scopes: HeldScopes, name: string): Contestant {
  const dbOf = (organization: BenchOrganization): BenchTenant["db"] => scopes.tenantOf(organization).db;
  return {
    name,
    list: (organization) => newestProjects(scopes.tenantOf(organization)).execute(),
    get: (organization) => getProject(dbOf(organization), organization),
    insert: (organization, title) => insertTask(dbOf(organization), organization, title),
    update: ({ taskId, ...organization }, title) =>
      updateTask(dbOf({ taskId, ...organization }), { id: taskId, title }),
    transaction: (organization, title) =>
      scopes.tenantOf(organization).transaction(({ db }) => fiveStatements(db, organization, title)),
    join: (organization) => joinTasks(dbOf(organization), organization),
    findForgetful: async (organization, id) => {
      const rows = await dbOf(organization).selectFrom("projects").select("id").where("id", "=", id).execute();
      return rows.map((row) => row.id);
    },
    findRaw: async (organization, id) => {
      const statement = sql<{ id: string }>`select id from projects where id = ${id}`;
      const { rows } = await statement.execute(dbOf(organization));
      return rows.map((row) => row.id);
    },
    [Symbol.asyncDispose]: () => scopes[Symbol.asyncDispose](),
  };
}

async function fiveStatements(
  db: BenchTenant["db"],
  organization: BenchOrganization,
  title: string,
): Promise<TitledTask[]> {
  await getProject(db, organization);
  const [task] = await insertTask(db, organization, title);
  if (task === undefined) throw new Error("The insert gave no row.");
  const updated = await updateTask(db, { id: task.id, title: `${title}, again` });
  await db
    .selectFrom("tasks")
    .select(["id", "title"])
    .where("projectId", "=", organization.projectId)
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(pageSize)
    .execute();
  await db.deleteFrom("tasks").where("id", "=", task.id).execute();
  return updated;
}

function getProject(db: BenchTenant["db"], { projectId }: BenchOrganization) {
  return db
    .selectFrom("projects")
    .select(["id", "name", "createdAt", "updatedAt"])
    .where("id", "=", projectId)
    .execute();
}

function insertTask(db: BenchTenant["db"], { oldestProjectId }: BenchOrganization, title: string) {
  return db.insertInto("tasks").values({ projectId: oldestProjectId, title }).returning(["id", "title"]).execute();
}

function updateTask(
  db: BenchTenant["db"],
  { id, title }: { readonly id: string; readonly title: string },
): Promise<TitledTask[]> {
  return db
    .updateTable("tasks")
    .set({ title, updatedAt: sql<Date>`now()` })
    .where("id", "=", id)
    .returning("title")
    .execute();
}

function joinTasks(db: BenchTenant["db"], { projectId }: BenchOrganization): Promise<JoinedTask[]> {
  return db
    .selectFrom("tasks as t")
    .innerJoin("projects as p", "p.id", "t.projectId")
    .select(["t.id", "t.title", "p.name as projectName"])
    .where("t.projectId", "=", projectId)
    .orderBy("t.createdAt", "desc")
    .orderBy("t.id", "desc")
    .limit(pageSize)
    .execute();
}
