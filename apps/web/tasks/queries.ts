import { sql } from "kysely";
import {
  type AuditEvent,
  containsText,
  type CursorInput,
  type Order,
  type Page,
  pageByCursor,
  RowhouseError,
} from "rowhouse";
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
  return tenant
    .transaction(async (within) => {
      const task = await within.db
        .insertInto("tasks")
        .values({ projectId, title })
        .returning(columns)
        .executeTakeFirstOrThrow();
      within.record({
        action: "task.created",
        target: { kind: "task", id: task.id },
        after: { title, projectId: task.projectId },
      });
      return task;
    })
    .catch((error: unknown) => {
      throw asMissingProject(error);
    });
}

interface TaskChange {
  readonly title?: string | undefined;
  readonly completed?: boolean | undefined;
}

/**
 * Completing what is complete keeps its first time; what changes nothing is not recorded.
 *
 * @throws RowhouseError NOT_FOUND
 */
export async function changeTask(tenant: Tenant, taskId: string, change: TaskChange): Promise<Task> {
  if (!isUuid(taskId)) throw taskNotFound();
  const { title, completed } = change;
  return tenant.transaction(async (within) => {
    const before = await within.db
      .selectFrom("tasks")
      .select(columns)
      .where("id", "=", taskId)
      .forUpdate()
      .executeTakeFirst();
    if (before === undefined) throw taskNotFound();
    const task = await within.db
      .updateTable("tasks")
      .set({
        updatedAt: sql`now()`,
        ...(title === undefined ? {} : { title }),
        ...(completed === undefined ? {} : { completedAt: completed ? sql`coalesce(completed_at, now())` : null }),
      })
      .where("id", "=", taskId)
      .returning(columns)
      .executeTakeFirstOrThrow();
    const changed = changedFields(before, task);
    if (changed !== undefined)
      within.record({ action: "task.changed", target: { kind: "task", id: taskId }, ...changed });
    return task;
  });
}

/** @throws RowhouseError NOT_FOUND */
export async function deleteTask(tenant: Tenant, taskId: string): Promise<void> {
  if (!isUuid(taskId)) throw taskNotFound();
  await tenant.transaction(async (within) => {
    const before = await within.db
      .deleteFrom("tasks")
      .where("id", "=", taskId)
      .returning(["title", "projectId"])
      .executeTakeFirst();
    if (before === undefined) throw taskNotFound();
    within.record({ action: "task.deleted", target: { kind: "task", id: taskId }, before });
  });
}

function changedFields(before: Task, after: Task): Pick<AuditEvent, "before" | "after"> | undefined {
  const [was, is] = [recordOf(before), recordOf(after)];
  const names = (["title", "completed"] as const).filter((name) => was[name] !== is[name]);
  if (names.length === 0) return undefined;
  const pick = (from: typeof was) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: pick(was), after: pick(is) };
}

function recordOf({ title, completedAt }: Task) {
  return { title, completed: completedAt !== null };
}

function taskNotFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such task.");
}
