import { sql } from "kysely";
import type { Tenant } from "@/tenancy/tenancy";
import { listProjects, type Project } from "./queries";

export interface Dashboard {
  projects: number;
  openTasks: number;
  doneTasks: number;
  /** The last 14 days, oldest first; `day` as 2026-11-21, in UTC. */
  completedByDay: { day: string; count: number }[];
  recent: Project[];
}

const days = 14;

/** What an organization's first page shows. */
export async function getDashboard(tenant: Tenant): Promise<Dashboard> {
  const [projects, tasks, completedByDay, recent] = await Promise.all([
    tenant.db
      .selectFrom("projects")
      .select(({ fn }) => fn.countAll<string>().as("count"))
      .executeTakeFirstOrThrow(),
    countTasks(tenant),
    countCompletedByDay(tenant),
    listProjects(tenant, { sort: "updated" }),
  ]);
  return { projects: Number(projects.count), ...tasks, completedByDay, recent: recent.items.slice(0, 5) };
}

async function countTasks(tenant: Tenant): Promise<{ openTasks: number; doneTasks: number }> {
  const counts = await tenant.db
    .selectFrom("tasks")
    .select(({ fn }) => [fn.countAll<string>().as("all"), fn.count<string>("completedAt").as("done")])
    .executeTakeFirstOrThrow();
  return { openTasks: Number(counts.all) - Number(counts.done), doneTasks: Number(counts.done) };
}

async function countCompletedByDay(tenant: Tenant): Promise<Dashboard["completedByDay"]> {
  const rows = await tenant.db
    .selectFrom("tasks")
    .where(
      "completedAt",
      ">=",
      sql<Date>`date_trunc('day', now() at time zone 'utc') at time zone 'utc' - ${days - 1} * interval '1 day'`,
    )
    .select([
      sql<string>`to_char(completed_at at time zone 'utc', 'YYYY-MM-DD')`.as("day"),
      ({ fn }) => fn.countAll<string>().as("count"),
    ])
    .groupBy(sql`1`)
    .execute();
  const counts = new Map(rows.map(({ day, count }) => [day, Number(count)]));
  return lastDays().map((day) => ({ day, count: counts.get(day) ?? 0 }));
}

function lastDays(): string[] {
  const today = Date.now();
  return Array.from({ length: days }, (_, index) =>
    new Date(today - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
