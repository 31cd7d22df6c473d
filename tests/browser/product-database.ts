import pg from "pg";
import { inject } from "vitest";

let pool: pg.Pool | undefined;

/** Looks into the product's database, or changes it behind the product's back, as an administrator would. */
export async function query<Row extends pg.QueryResultRow>(
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  pool ??= new pg.Pool({ connectionString: inject("productDatabaseUrl"), max: 2, allowExitOnIdle: true });
  return (await pool.query<Row>(text, [...values])).rows;
}

export type Role = "owner" | "admin" | "member" | "viewer";

interface Membership {
  readonly organizationId: string;
  readonly userId: string;
}

export async function addMembership({ organizationId, userId }: Membership, role: Role): Promise<void> {
  await query("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, $3)", [
    organizationId,
    userId,
    role,
  ]);
}

export async function removeMembership({ organizationId, userId }: Membership): Promise<void> {
  await query("delete from rowhouse.memberships where organization_id = $1 and user_id = $2", [organizationId, userId]);
}

export async function changeRole({ organizationId, userId }: Membership, role: Role): Promise<void> {
  await query("update rowhouse.memberships set role = $3 where organization_id = $1 and user_id = $2", [
    organizationId,
    userId,
    role,
  ]);
}

/** Projects of an organization, oldest first a minute apart; returns their ids in the order of the names. */
export async function insertProjects(organizationId: string, names: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `insert into projects (organization_id, name, created_at, updated_at)
     select $1, name, at, at
     from unnest($2::text[]) with ordinality as given (name, position),
          lateral (select now() - interval '1 day' + position * interval '1 minute' as at)
     returning id`,
    [organizationId, names],
  );
  return rows.map(({ id }) => id);
}

/** Tasks of a project, oldest first a minute apart; returns their ids in the order of the titles. */
export async function insertTasks(
  project: { organizationId: string; projectId: string },
  titles: readonly string[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `insert into tasks (organization_id, project_id, title, created_at)
     select $1, $2, title, now() - interval '1 day' + position * interval '1 minute'
     from unnest($3::text[]) with ordinality as given (title, position)
     returning id`,
    [project.organizationId, project.projectId, titles],
  );
  return rows.map(({ id }) => id);
}

/** Everything an organization keeps, to compare before and after an attempt. */
export async function contentOf(organizationId: string): Promise<unknown> {
  const projects = await query("select * from projects where organization_id = $1 order by id", [organizationId]);
  const tasks = await query("select * from tasks where organization_id = $1 order by id", [organizationId]);
  const members = await query("select * from rowhouse.memberships where organization_id = $1 order by user_id", [
    organizationId,
  ]);
  return { projects, tasks, members };
}
