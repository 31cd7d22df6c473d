import { listQuery, pageOf, type Endpoint } from "rowhouse/http";
import { z } from "zod";
import { projectInput, projectSort } from "@/projects/inputs";
import * as projects from "@/projects/queries";
import { organizationEndpoint } from "./endpoint";

const projectAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    openTasks: z.int(),
    doneTasks: z.int(),
  })
  .meta({ id: "Project" });

const list = organizationEndpoint(
  {
    method: "get",
    path: "/projects",
    summary: "A page of the projects",
    permission: "projects:read",
    query: listQuery.safeExtend({ sort: projectSort.optional() }),
    status: 200,
    answer: pageOf(projectAnswer),
  },
  async (tenant, { query }) => ({ body: await projects.listProjects(tenant, query) }),
);

const create = organizationEndpoint(
  {
    method: "post",
    path: "/projects",
    summary: "Make a project",
    permission: "projects:create",
    body: projectInput,
    status: 201,
    answer: projectAnswer,
  },
  async (tenant, { body }) => {
    const project = await projects.createProject(tenant, body);
    return { body: project, location: `/projects/${project.id}` };
  },
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "/projects/{projectId}",
    summary: "A project",
    permission: "projects:read",
    status: 200,
    answer: projectAnswer,
  },
  async (tenant, { parameters }) => ({ body: await projects.getProject(tenant, parameters.projectId ?? "") }),
);

const rename = organizationEndpoint(
  {
    method: "patch",
    path: "/projects/{projectId}",
    summary: "Rename a project",
    permission: "projects:update",
    body: projectInput,
    status: 200,
    answer: projectAnswer,
  },
  async (tenant, { parameters, body }) => ({
    body: await projects.renameProject(tenant, parameters.projectId ?? "", body),
  }),
);

const remove = organizationEndpoint(
  {
    method: "delete",
    path: "/projects/{projectId}",
    summary: "Delete a project and its tasks",
    permission: "projects:delete",
    status: 204,
  },
  async (tenant, { parameters }) => {
    await projects.deleteProject(tenant, parameters.projectId ?? "");
    return {};
  },
);

/** Projects of an organization. */
export const projectEndpoints: readonly Endpoint[] = [list, create, read, rename, remove];
