import { sql } from "kysely";
import { containsText, type CursorInput, type Order, type Page, pageByCursor, RowhouseError } from "rowhouse";
import { validate as isUuid } from "uuid";
import { asMissingProject, getProject } from "@/projects/queries";
import type { Tenant } from "@/tenancy/tenancy";

export interface Task {
  id: string;
  projectId: string;
  title: string;
  completedAt: Date | null;
  createdAt: Date;
}

export interface ListTasksInput extends CursorInput {
  readonly search?: string | undefined;
  readonly sort?: "newest" | "oldest" | "title" | undefined;
  readonly status?: "open" | "done" | "all" | undefined;
}

const columns = ["id", "projectId", "title", "completedAt", "createdAt"] as const;

const orders: Readonly<Record<NonNullable<ListTasksInput["sort"]>, Order<"createdAt" | "title">>> = {
  newest: { column: "createdAt", direction: "desc" },
  oldest: { column: "createdAt", direction: "asc" },
  title: { column: "title", direction: "asc" },
};

/** A page of a project's tasks. Empty for a project that is not the organization's. */
export async function listTasks(tenant: Tenant, projectId: string, input: ListTasksInput = {}): Promise<Page<Task>> {
  if (!isUuid(projectId)) return { items: [], next: null, previous: null };
  const order = orders[input.sort ?? "newest"];
  let query = tenant.db
    .selectFrom("tasks as t")
    .where("t.projectId", "=", projectId)
    .select(["t.id", "t.projectId", "t.title", "t.completedAt", "t.createdAt"])
    .select(sql<string>`${sql.ref(`t.${order.column}`)}::text`.as("key"));
  if (input.status === "open") query = query.where("t.completedAt", "is", null);
  if (input.status === "done") query = query.where("t.completedAt", "is not", null);
  if (input.search) query = query.where("t.title", "ilike", containsText(input.search));
  const page = await pageByCursor(query, { order, cursor: input });
  return { ...page, items: page.items.map(({ key: _key, ...task }) => task) };
}

/** @throws RowhouseError NOT_FOUND */
export async function getTask(tenant: Tenant, taskId: string): Promise<Task> {
  if (!isUuid(taskId)) throw taskNotFound();
  const task = await tenant.db.selectFrom("tasks").where("id", "=", taskId).select(columns).executeTakeFirst();
  if (task === undefined) throw taskNotFound();
  return task;
}

/** @throws RowhouseError NOT_FOUND for a project that is not the organization's */
export async function createTask(tenant: Tenant, projectId: string, { title }: { title: string }): Promise<Task> {
  if (!isUuid(projectId)) await getProject(tenant, projectId);
  try {
    return await tenant.db
      .insertInto("tasks")
      .values({ projectId, title })
      .returning(columns)
      .executeTakeFirstOrThrow();
  } catch (error) {
    throw asMissingProject(error);
  }
}

/** Completing what is complete keeps its first time. @throws RowhouseError NOT_FOUND */
export async function changeTask(
  tenant: Tenant,
  taskId: string,
  change: { title?: string; completed?: boolean },
): Promise<Task> {
  if (!isUuid(taskId)) throw taskNotFound();
  const { title, completed } = change;
  const task = await tenant.db
    .updateTable("tasks")
    .set({
      updatedAt: sql`now()`,
      ...(title === undefined ? {} : { title }),
      ...(completed === undefined ? {} : { completedAt: completed ? sql`coalesce(completed_at, now())` : null }),
    })
    .where("id", "=", taskId)
    .returning(columns)
    .executeTakeFirst();
  if (task === undefined) throw taskNotFound();
  return task;
}

/** @throws RowhouseError NOT_FOUND */
export async function deleteTask(tenant: Tenant, taskId: string): Promise<void> {
  if (!isUuid(taskId)) throw taskNotFound();
  const { numDeletedRows } = await tenant.db.deleteFrom("tasks").where("id", "=", taskId).executeTakeFirst();
  if (numDeletedRows === 0n) throw taskNotFound();
}

function taskNotFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such task.");
}
