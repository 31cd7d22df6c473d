import type { BenchOrganization } from "../database/bench-database.ts";
import { pageSize, type Operations, type Project, type TitledTask } from "./operation.ts";

/**
 * What the benchmark calls of a Prisma client, and of ZenStack's, which has the same form. Their own types come with code
 * that is generated when the benchmark begins.
 */
export interface ModelClient {
  readonly project: ModelTable;
  readonly task: ModelTable;
}

interface ModelTable {
  findMany(query: object): PromiseLike<readonly unknown[]>;
  create(query: object): PromiseLike<unknown>;
  update(query: object): PromiseLike<unknown>;
  delete(query: object): PromiseLike<unknown>;
}

type ModelWork = <T>(organization: BenchOrganization, work: (client: ModelClient) => Promise<T>) => Promise<T>;

/** How a contestant gives the client of an organization. */
export interface ModelRunner {
  readonly run: ModelWork;
  readonly transaction: ModelWork;
}

/** Model calls as their documentation has them. No `where` names the organization but in a unique key, which needs it. */
export function modelOperations({ run, transaction }: ModelRunner): Operations & {
  findForgetful(organization: BenchOrganization, id: string): Promise<string[]>;
} {
  return {
    list: (organization) => run(organization, (client) => listProjects(client)),
    get: (organization) => run(organization, (client) => getProject(client, organization)),
    insert: (organization, title) =>
      run(organization, async (client) => [await insertTask(client, organization, title)]),
    update: (organization, title) =>
      run(organization, (client) => updateTask(client, organization, { id: organization.taskId, title })),
    transaction: (organization, title) => transaction(organization, (client) => fiveCalls(client, organization, title)),
    join: (organization) => run(organization, (client) => joinTasks(client, organization)),
    findForgetful: (organization, id) =>
      run(organization, async (client) => {
        const rows = await client.project.findMany({ where: { id }, select: { id: true } });
        return (rows as { id: string }[]).map((row) => row.id);
      }),
  };
}

async function fiveCalls(client: ModelClient, organization: BenchOrganization, title: string): Promise<TitledTask[]> {
  await getProject(client, organization);
  const { id } = await insertTask(client, organization, title);
  const updated = await updateTask(client, organization, { id, title: `${title}, again` });
  await client.task.findMany({
    ...newest,
    where: { projectId: organization.projectId },
    select: { id: true, title: true },
  });
  await client.task.delete({ where: byKey(organization, id), select: { id: true } });
  return updated;
}

const newest = { orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: pageSize };
const projectColumns = { id: true, name: true, createdAt: true, updatedAt: true };

async function listProjects({ project }: ModelClient): Promise<Project[]> {
  return (await project.findMany({ ...newest, select: projectColumns })) as Project[];
}

async function getProject({ project }: ModelClient, { projectId }: BenchOrganization): Promise<Project[]> {
  return (await project.findMany({ where: { id: projectId }, select: projectColumns })) as Project[];
}

async function insertTask(
  { task }: ModelClient,
  { id, oldestProjectId }: BenchOrganization,
  title: string,
): Promise<TitledTask & { readonly id: string }> {
  const data = { organizationId: id, projectId: oldestProjectId, title };
  return (await task.create({ data, select: { id: true, title: true } })) as { id: string; title: string };
}

async function updateTask(
  { task }: ModelClient,
  organization: BenchOrganization,
  { id, title }: { readonly id: string; readonly title: string },
): Promise<TitledTask[]> {
  const change = { where: byKey(organization, id), data: { title, updatedAt: new Date() }, select: { title: true } };
  return [(await task.update(change)) as TitledTask];
}

async function joinTasks({ task }: ModelClient, { projectId }: BenchOrganization) {
  const select = { id: true, title: true, project: { select: { name: true } } };
  const rows = (await task.findMany({ ...newest, where: { projectId }, select })) as {
    readonly id: string;
    readonly title: string;
    readonly project: { readonly name: string };
  }[];
  return rows.map(({ id, title, project }) => ({ id, title, projectName: project.name }));
}

function byKey({ id: organizationId }: BenchOrganization, id: string) {
  return { organizationId_id: { organizationId, id } };
}
