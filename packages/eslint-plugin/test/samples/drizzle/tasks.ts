import { and, desc, eq, inArray, sql as raw } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { databaseUrl } from "../settings";
import type { Tenant } from "../tenancy";
import { projects, tasks, users } from "./schema";

const db = drizzle(databaseUrl); // expect: no-raw-client

export const listTasks = (organizationId: string, projectId: string) =>
  db
    .select()
    .from(tasks)
    .where(and(eq(tasks.organizationId, organizationId), eq(tasks.projectId, projectId)))
    .orderBy(desc(tasks.createdAt));

export async function getTask(id: string) {
  const [task] = await db.select().from(tasks).where(eq(tasks.id, id)).limit(1); // expect: no-id-alone
  return task;
}

export async function closeTasks(ids: string[]) {
  await db.update(tasks).set({ done: true }).where(inArray(tasks.id, ids)); // expect: no-id-alone
}

export async function removeProject(tenant: Tenant, id: string) {
  const { db: own } = tenant;
  await own.delete(projects).where(eq(projects.id, id));
}

export const projectWithTasks = (id: string) =>
  db.query.projects.findFirst({ where: (project, { eq: is }) => is(project.id, id), with: { tasks: true } }); // expect: no-id-alone

export const findUser = (id: string) => db.query.users.findFirst({ where: eq(users.id, id) });

export async function moveTasks(organizationId: string, from: string, to: string) {
  await db.execute(
    raw`update ${tasks} set project_id = ${to} where ${tasks.organizationId} = ${organizationId} and project_id = ${from}`,
  );
  await db.execute(raw`delete from ${projects} where id = ${from}`); // expect: no-unscoped-sql
}

export async function becomeTenant(role: string) {
  await db.execute(raw`set role ${raw.identifier(role)}`); // expect: no-session-set
}
