import { Kysely, PostgresDialect, sql } from "kysely";
import type { Database, Tenant } from "../tenancy";

const connection = new Kysely<Database>({ dialect: new PostgresDialect({}) }); // expect: no-raw-client

export async function renameProject(tenant: Tenant, id: string, name: string) {
  return tenant.transaction(async (within) =>
    within.db
      .updateTable("projects")
      .set({ name, updatedAt: sql`now()` })
      .where("id", "=", id)
      .executeTakeFirstOrThrow(),
  );
}

export async function readProject(id: string) {
  return connection.selectFrom("projects").selectAll().where("id", "=", id).executeTakeFirst(); // expect: no-id-alone
}

export async function readTask(organizationId: string, id: string, isLocked: boolean) {
  let query = connection.selectFrom("tasks as t").selectAll().where("t.id", "=", id);
  query = query.where("t.organizationId", "=", organizationId);
  if (isLocked) query = query.forUpdate();
  return query.executeTakeFirst();
}

export async function removeTask(id: string) {
  const query = connection.deleteFrom("tasks");
  return query.where((eb) => eb("id", "=", id)).execute(); // expect: no-id-alone
}

export async function counts(tenant: Tenant) {
  return sql<{ open: number }>`select count(*) as open from tasks where done = false`.execute(tenant.db);
}

export async function allCounts() {
  const statement = sql<{ open: number }>`select count(*) as open from tasks where done = false`; // expect: no-unscoped-sql
  return statement.execute(connection);
}

export async function perProject(organizationId: string) {
  return sql`
    with open as (select project_id, count(*) as n from tasks where organization_id = ${organizationId} group by 1)
    select p.name, open.n from projects p join open on open.project_id = p.id
  `.execute(connection);
}
