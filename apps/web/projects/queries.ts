import { sql } from "kysely";
import {
  containsText,
  type CursorInput,
  isRowhouseError,
  type Order,
  type Page,
  pageByCursor,
  RowhouseError,
} from "rowhouse";
import { validate as isUuid } from "uuid";
import type { Tenant } from "@/tenancy/tenancy";

export type { Page };

export interface Project {
  id: string;
  name: string;
  createdAt: Date;
  updatedAt: Date;
  openTasks: number;
  doneTasks: number;
}

export type ProjectSort = "newest" | "oldest" | "name" | "updated";

const orders: Readonly<Record<ProjectSort, Order<"createdAt" | "updatedAt" | "name">>> = {
  newest: { column: "createdAt", direction: "desc" },
  oldest: { column: "createdAt", direction: "asc" },
  name: { column: "name", direction: "asc" },
  updated: { column: "updatedAt", direction: "desc" },
};

export interface ListProjectsInput extends CursorInput {
  readonly search?: string | undefined;
  readonly sort?: ProjectSort | undefined;
}

/** A page of the organization's projects with the counts of their tasks. */
export async function listProjects(tenant: Tenant, input: ListProjectsInput = {}): Promise<Page<Project>> {
  const order = orders[input.sort ?? "newest"];
  let query = selectProjects(tenant).select(sql<string>`${sql.ref(`t.${order.column}`)}::text`.as("key"));
  if (input.search) query = query.where("t.name", "ilike", containsText(input.search));
  const page = await pageByCursor(query, { order, cursor: input });
  return { ...page, items: page.items.map(({ key: _key, ...project }) => project) };
}

/** `undefined` for an id that is unknown, foreign or no id at all. */
export async function findProject(tenant: Tenant, projectId: string): Promise<Project | undefined> {
  if (!isUuid(projectId)) return undefined;
  return selectProjects(tenant).where("t.id", "=", projectId).executeTakeFirst();
}

/** @throws RowhouseError NOT_FOUND */
export async function getProject(tenant: Tenant, projectId: string): Promise<Project> {
  const project = await findProject(tenant, projectId);
  if (project === undefined) throw projectNotFound();
  return project;
}

export async function createProject(tenant: Tenant, { name }: { name: string }): Promise<Project> {
  return tenant.transaction(async (within) => {
    const created = await within.db
      .insertInto("projects")
      .values({ name })
      .returning(["id", "name", "createdAt", "updatedAt"])
      .executeTakeFirstOrThrow();
    within.record({ action: "project.created", target: { kind: "project", id: created.id }, after: { name } });
    return { ...created, openTasks: 0, doneTasks: 0 };
  });
}

/** The name that it has already changes nothing. @throws RowhouseError NOT_FOUND */
export async function renameProject(tenant: Tenant, projectId: string, { name }: { name: string }): Promise<Project> {
  if (!isUuid(projectId)) throw projectNotFound();
  return tenant.transaction(async (within) => {
    const before = await within.db
      .selectFrom("projects")
      .select("name")
      .where("id", "=", projectId)
      .forUpdate()
      .executeTakeFirst();
    if (before === undefined) throw projectNotFound();
    if (before.name === name) return getProject(within, projectId);
    await within.db
      .updateTable("projects")
      .set({ name, updatedAt: sql`now()` })
      .where("id", "=", projectId)
      .execute();
    within.record({ action: "project.renamed", target: { kind: "project", id: projectId }, before, after: { name } });
    return getProject(within, projectId);
  });
}

/** Its tasks go with it. @throws RowhouseError NOT_FOUND */
export async function deleteProject(tenant: Tenant, projectId: string): Promise<void> {
  if (!isUuid(projectId)) throw projectNotFound();
  await tenant.transaction(async (within) => {
    const before = await within.db
      .deleteFrom("projects")
      .where("id", "=", projectId)
      .returning("name")
      .executeTakeFirst();
    if (before === undefined) throw projectNotFound();
    within.record({ action: "project.deleted", target: { kind: "project", id: projectId }, before });
  });
}

/** A task was written for a project that is not there: the foreign key's words, in ours. */
export function asMissingProject(error: unknown): unknown {
  return isRowhouseError(error, "MISSING_REFERENCE") ? projectNotFound(error) : error;
}

function selectProjects(tenant: Tenant) {
  return tenant.db
    .selectFrom("projects as t")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("tasks")
          .whereRef("tasks.projectId", "=", "t.id")
          .select(({ fn }) => [
            fn.countAll<string>().filterWhere("tasks.completedAt", "is", null).as("open"),
            fn.countAll<string>().filterWhere("tasks.completedAt", "is not", null).as("done"),
          ])
          .as("counts"),
      (join) => join.onTrue(),
    )
    .select(["t.id", "t.name", "t.createdAt", "t.updatedAt"])
    .select([sql<number>`counts.open::integer`.as("openTasks"), sql<number>`counts.done::integer`.as("doneTasks")]);
}

function projectNotFound(cause?: unknown): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such project.", { cause });
}
