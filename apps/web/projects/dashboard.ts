import { sql } from "kysely";
import { readProductSettings } from "@/organization-settings/product-settings";
import type { Tenant } from "@/tenancy/tenancy";
import { listProjects, type Project } from "./queries";

export interface Dashboard {
  projects: number;
  openTasks: number;
  doneTasks: number;
  /** The last 14 days, oldest first; `day` as 2026-11-21, where the organization is. */
  completedByDay: { day: string; count: number }[];
  recent: Project[];
}

const days = 14;

/** What an organization's first page shows. */
export async function getDashboard(tenant: Tenant): Promise<Dashboard> {
  const { timeZone } = await readProductSettings(tenant);
  const [projects, tasks, completedByDay, recent] = await Promise.all([
    tenant.db
      .selectFrom("projects")
      .select(({ fn }) => fn.countAll<string>().as("count"))
      .executeTakeFirstOrThrow(),
    countTasks(tenant),
    countCompletedByDay(tenant, timeZone),
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

async function countCompletedByDay(tenant: Tenant, timeZone: string): Promise<Dashboard["completedByDay"]> {
  const rows = await tenant.db
    .selectFrom("tasks")
    .where(
      "completedAt",
      ">=",
      // Days are taken off before it becomes a moment again: with clocks that change, not each of them has 24 hours.
      sql<Date>`(date_trunc('day', now() at time zone ${timeZone}) - ${days - 1} * interval '1 day') at time zone ${timeZone}`,
    )
    .select([
      sql<string>`to_char(completed_at at time zone ${timeZone}, 'YYYY-MM-DD')`.as("day"),
      ({ fn }) => fn.countAll<string>().as("count"),
    ])
    .groupBy(sql`1`)
    .execute();
  const counts = new Map(rows.map(({ day, count }) => [day, Number(count)]));
  return lastDays(timeZone).map((day) => ({ day, count: counts.get(day) ?? 0 }));
}

function lastDays(timeZone: string): string[] {
  // Swedish writes days as 2026-11-21.
  const today = Date.parse(new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" }).format());
  return Array.from({ length: days }, (_, index) =>
    new Date(today - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
