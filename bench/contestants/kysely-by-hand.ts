import { Kysely, PostgresDialect, sql, type Generated } from "kysely";
import pg from "pg";
import type { BenchOrganization } from "../database/bench-database.ts";
import { pageSize, type TitledTask } from "../operations/operation.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";
import { findAnywhere } from "../operations/sql-operations.ts";

interface Rows {
  readonly organization_id: string;
  readonly id: Generated<string>;
  readonly created_at: Generated<Date>;
  readonly updated_at: Generated<Date>;
}

interface Tables {
  readonly projects: Rows & { readonly name: string };
  readonly tasks: Rows & { readonly project_id: string; readonly title: string };
}

/** What building queries costs: Kysely on a pg pool, the organization in every query, as a role that row security does not apply to. */
export function openKyselyByHand({ adminUrl, connections }: ContestantOptions): Contestant {
  const pool = new pg.Pool({ connectionString: adminUrl, max: connections });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    name: "`where` by hand on Kysely",
    list: ({ id }) =>
      db
        .selectFrom("projects")
        .select(projectColumns)
        .where("organization_id", "=", id)
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(pageSize)
        .execute(),
    get: (organization) => getProject(db, organization),
    insert: (organization, title) => insertTask(db, organization, title),
    update: (organization, title) => updateTask(db, organization, { id: organization.taskId, title }),
    transaction: (organization, title) =>
      db.transaction().execute((transaction) => fiveStatements(transaction, organization, title)),
    join: ({ id, projectId }) =>
      db
        .selectFrom("tasks as t")
        .innerJoin("projects as p", (join) =>
          join.onRef("p.organization_id", "=", "t.organization_id").onRef("p.id", "=", "t.project_id"),
        )
        .select(["t.id", "t.title", "p.name as projectName"])
        .where("t.organization_id", "=", id)
        .where("t.project_id", "=", projectId)
        .orderBy("t.created_at", "desc")
        .orderBy("t.id", "desc")
        .limit(pageSize)
        .execute(),
    findForgetful: async (_organization, id) => {
      const rows = await db.selectFrom("projects").select("id").where("id", "=", id).execute();
      return rows.map((row) => row.id);
    },
    findRaw: async (_organization, id) => {
      const { rows } = await pool.query<{ id: string }>(findAnywhere(id).text, [id]);
      return rows.map((row) => row.id);
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

const projectColumns = ["id", "name", "created_at as createdAt", "updated_at as updatedAt"] as const;

async function fiveStatements(
  db: Kysely<Tables>,
  organization: BenchOrganization,
  title: string,
): Promise<TitledTask[]> {
  await getProject(db, organization);
  const [task] = await insertTask(db, organization, title);
  if (task === undefined) throw new Error("The insert gave no row.");
  const updated = await updateTask(db, organization, { id: task.id, title: `${title}, again` });
  await db
    .selectFrom("tasks")
    .select(["id", "title"])
    .where("organization_id", "=", organization.id)
    .where("project_id", "=", organization.projectId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(pageSize)
    .execute();
  await db.deleteFrom("tasks").where("organization_id", "=", organization.id).where("id", "=", task.id).execute();
  return updated;
}

function getProject(db: Kysely<Tables>, { id, projectId }: BenchOrganization) {
  return db
    .selectFrom("projects")
    .select(projectColumns)
    .where("organization_id", "=", id)
    .where("id", "=", projectId)
    .execute();
}

function insertTask(db: Kysely<Tables>, { id, oldestProjectId }: BenchOrganization, title: string) {
  return db
    .insertInto("tasks")
    .values({ organization_id: id, project_id: oldestProjectId, title })
    .returning(["id", "title"])
    .execute();
}

function updateTask(
  db: Kysely<Tables>,
  organization: BenchOrganization,
  { id, title }: { readonly id: string; readonly title: string },
): Promise<TitledTask[]> {
  return db
    .updateTable("tasks")
    .set({ title, updated_at: sql<Date>`now()` })
    .where("organization_id", "=", organization.id)
    .where("id", "=", id)
    .returning("title")
    .execute();
}
