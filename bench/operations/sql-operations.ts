import type { BenchOrganization } from "../database/bench-database.ts";
import { pageSize, type JoinedTask, type Operations, type Project, type TitledTask } from "./operation.ts";

export interface Statement {
  /** For a prepared statement. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

export type Query = <Row>(statement: Statement) => Promise<Row[]>;

/** How a contestant that speaks SQL runs it. */
export interface SqlRunner {
  readonly query: <Row>(organization: BenchOrganization, statement: Statement) => Promise<Row[]>;
  readonly transaction: <T>(organization: BenchOrganization, work: (query: Query) => Promise<T>) => Promise<T>;
}

/** What a person would write by hand, the organization in every statement. */
export function sqlOperations({ query, transaction }: SqlRunner): Operations & {
  findForgetful(organization: BenchOrganization, id: string): Promise<string[]>;
  findRaw(organization: BenchOrganization, id: string): Promise<string[]>;
} {
  const find = async (organization: BenchOrganization, id: string): Promise<string[]> => {
    const rows = await query<{ id: string }>(organization, findAnywhere(id));
    return rows.map((row) => row.id);
  };
  return {
    list: (organization) => query(organization, listProjects(organization)),
    get: (organization) => query(organization, getProject(organization)),
    insert: (organization, title) => query<TitledTask>(organization, insertTask(organization, title)),
    update: (organization, title) => query(organization, updateTask(organization, { id: organization.taskId, title })),
    join: (organization) => query<JoinedTask>(organization, joinTasks(organization)),
    transaction: (organization, title) =>
      transaction(organization, async (run) => {
        await run<Project>(getProject(organization));
        const [task] = await run<{ id: string }>(insertTask(organization, title));
        if (task === undefined) throw new Error("The insert gave no row.");
        const updated = await run<TitledTask>(updateTask(organization, { id: task.id, title: `${title}, again` }));
        await run(listTasks(organization));
        await run(deleteTask(organization, task.id));
        return updated;
      }),
    findForgetful: find,
    findRaw: find,
  };
}

/** Plain SQL that forgets the organization. */
export function findAnywhere(id: string): Statement {
  return { name: "find-anywhere", text: "select id from projects where id = $1", values: [id] };
}

function listProjects({ id }: BenchOrganization): Statement {
  return {
    name: "list-projects",
    text:
      'select id, name, created_at as "createdAt", updated_at as "updatedAt" from projects where organization_id = $1 ' +
      `order by created_at desc, id desc limit ${pageSize}`,
    values: [id],
  };
}

function getProject({ id, projectId }: BenchOrganization): Statement {
  return {
    name: "get-project",
    text:
      'select id, name, created_at as "createdAt", updated_at as "updatedAt" from projects ' +
      "where organization_id = $1 and id = $2",
    values: [id, projectId],
  };
}

function insertTask({ id, oldestProjectId }: BenchOrganization, title: string): Statement {
  return {
    name: "insert-task",
    text: "insert into tasks (organization_id, project_id, title) values ($1, $2, $3) returning id, title",
    values: [id, oldestProjectId, title],
  };
}

function updateTask({ id }: BenchOrganization, task: { readonly id: string; readonly title: string }): Statement {
  return {
    name: "update-task",
    text: "update tasks set title = $3, updated_at = now() where organization_id = $1 and id = $2 returning title",
    values: [id, task.id, task.title],
  };
}

function listTasks({ id, projectId }: BenchOrganization): Statement {
  return {
    name: "list-tasks",
    text:
      "select id, title from tasks where organization_id = $1 and project_id = $2 " +
      `order by created_at desc, id desc limit ${pageSize}`,
    values: [id, projectId],
  };
}

function joinTasks({ id, projectId }: BenchOrganization): Statement {
  return {
    name: "join-tasks",
    text:
      'select t.id, t.title, p.name as "projectName" from tasks t ' +
      "join projects p on p.organization_id = t.organization_id and p.id = t.project_id " +
      `where t.organization_id = $1 and t.project_id = $2 order by t.created_at desc, t.id desc limit ${pageSize}`,
    values: [id, projectId],
  };
}

function deleteTask({ id }: BenchOrganization, taskId: string): Statement {
  return {
    name: "delete-task",
    text: "delete from tasks where organization_id = $1 and id = $2",
    values: [id, taskId],
  };
}
