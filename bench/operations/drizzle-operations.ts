import { and, desc, eq, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { BenchOrganization } from "../database/bench-database.ts";
import { projects, tasks } from "../schemas/drizzle-tables.ts";
import { pageSize, type Operations, type TitledTask } from "./operation.ts";

export type Drizzle = Pick<NodePgDatabase, "select" | "insert" | "update" | "delete" | "execute">;

type DrizzleWork = <T>(organization: BenchOrganization, work: (db: Drizzle) => Promise<T>) => Promise<T>;

/** How a contestant runs work on Drizzle for an organization. */
export interface DrizzleRunner {
  readonly run: DrizzleWork;
  readonly transaction: DrizzleWork;
}

/** Drizzle's builders as their documentation has them. Row security keeps the organizations apart, and no `where` does. */
export function drizzleOperations({ run, transaction }: DrizzleRunner): Operations & {
  findForgetful(organization: BenchOrganization, id: string): Promise<string[]>;
  findRaw(organization: BenchOrganization, id: string): Promise<string[]>;
} {
  return {
    list: (organization) => run(organization, listProjects),
    get: (organization) => run(organization, (db) => getProject(db, organization)),
    insert: (organization, title) => run(organization, (db) => insertTask(db, organization, title)),
    update: (organization, title) => run(organization, (db) => updateTask(db, organization.taskId, title)),
    transaction: (organization, title) => transaction(organization, (db) => fiveStatements(db, organization, title)),
    join: (organization) => run(organization, (db) => joinTasks(db, organization)),
    findForgetful: (organization, id) =>
      run(organization, async (db) => {
        const rows = await db.select({ id: projects.id }).from(projects).where(eq(projects.id, id));
        return rows.map((row) => row.id);
      }),
    findRaw: (organization, id) =>
      run(organization, async (db) => {
        const { rows } = await db.execute<{ id: string }>(sql`select id from projects where id = ${id}`);
        return rows.map((row) => row.id);
      }),
  };
}

async function fiveStatements(db: Drizzle, organization: BenchOrganization, title: string): Promise<TitledTask[]> {
  await getProject(db, organization);
  const [task] = await insertTask(db, organization, title);
  if (task === undefined) throw new Error("The insert gave no row.");
  const updated = await updateTask(db, task.id, `${title}, again`);
  await db
    .select({ id: tasks.id, title: tasks.title })
    .from(tasks)
    .where(eq(tasks.projectId, organization.projectId))
    .orderBy(desc(tasks.createdAt), desc(tasks.id))
    .limit(pageSize);
  await db.delete(tasks).where(eq(tasks.id, task.id));
  return updated;
}

const projectColumns = {
  id: projects.id,
  name: projects.name,
  createdAt: projects.createdAt,
  updatedAt: projects.updatedAt,
};

async function listProjects(db: Drizzle) {
  return db.select(projectColumns).from(projects).orderBy(desc(projects.createdAt), desc(projects.id)).limit(pageSize);
}

async function getProject(db: Drizzle, { projectId }: BenchOrganization) {
  return db.select(projectColumns).from(projects).where(eq(projects.id, projectId));
}

async function insertTask(db: Drizzle, { id, oldestProjectId }: BenchOrganization, title: string) {
  return db
    .insert(tasks)
    .values({ organizationId: id, projectId: oldestProjectId, title })
    .returning({ id: tasks.id, title: tasks.title });
}

async function updateTask(db: Drizzle, id: string, title: string): Promise<TitledTask[]> {
  return db
    .update(tasks)
    .set({ title, updatedAt: sql`now()` })
    .where(eq(tasks.id, id))
    .returning({ title: tasks.title });
}

async function joinTasks(db: Drizzle, { projectId }: BenchOrganization) {
  return db
    .select({ id: tasks.id, title: tasks.title, projectName: projects.name })
    .from(tasks)
    .innerJoin(projects, and(eq(projects.organizationId, tasks.organizationId), eq(projects.id, tasks.projectId)))
    .where(eq(tasks.projectId, projectId))
    .orderBy(desc(tasks.createdAt), desc(tasks.id))
    .limit(pageSize);
}
