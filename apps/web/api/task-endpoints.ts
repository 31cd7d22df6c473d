import { listQuery, pageOf, type Endpoint } from "rowhouse/http";
import { z } from "zod";
import { getProject } from "@/projects/queries";
import { newTaskInput, taskChangeInput, taskSort, taskStatus } from "@/tasks/inputs";
import * as tasks from "@/tasks/queries";
import { organizationEndpoint } from "./endpoint";

const taskAnswer = z
  .object({
    id: z.uuid(),
    projectId: z.uuid(),
    title: z.string(),
    completedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Task" });

const list = organizationEndpoint(
  {
    method: "get",
    path: "/projects/{projectId}/tasks",
    summary: "A page of a project's tasks",
    permission: "tasks:read",
    query: listQuery.safeExtend({ sort: taskSort.optional(), status: taskStatus.optional() }),
    status: 200,
    answer: pageOf(taskAnswer),
  },
  async (tenant, { parameters, query }) => {
    // An empty list and no such project are two answers.
    const project = await getProject(tenant, parameters.projectId ?? "");
    return { body: await tasks.listTasks(tenant, project.id, query) };
  },
);

const create = organizationEndpoint(
  {
    method: "post",
    path: "/projects/{projectId}/tasks",
    summary: "Add a task to a project",
    permission: "tasks:create",
    body: newTaskInput,
    status: 201,
    answer: taskAnswer,
  },
  async (tenant, { parameters, body }) => {
    const task = await tasks.createTask(tenant, parameters.projectId ?? "", body);
    return { body: task, location: `/tasks/${task.id}` };
  },
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "/tasks/{taskId}",
    summary: "A task",
    permission: "tasks:read",
    status: 200,
    answer: taskAnswer,
  },
  async (tenant, { parameters }) => ({ body: await tasks.getTask(tenant, parameters.taskId ?? "") }),
);

const change = organizationEndpoint(
  {
    method: "patch",
    path: "/tasks/{taskId}",
    summary: "Rename, complete or reopen a task",
    permission: "tasks:update",
    body: taskChangeInput,
    status: 200,
    answer: taskAnswer,
  },
  async (tenant, { parameters, body }) => ({ body: await tasks.changeTask(tenant, parameters.taskId ?? "", body) }),
);

const remove = organizationEndpoint(
  { method: "delete", path: "/tasks/{taskId}", summary: "Delete a task", permission: "tasks:delete", status: 204 },
  async (tenant, { parameters }) => {
    await tasks.deleteTask(tenant, parameters.taskId ?? "");
    return {};
  },
);

/** Tasks of a project. */
export const taskEndpoints: readonly Endpoint[] = [list, create, read, change, remove];
