"use server";

import { z } from "zod";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import { newTaskInput, taskChangeInput } from "./inputs";
import * as tasks from "./queries";

const nothing = z.undefined();

export async function createTask(
  orgSlug: string,
  projectId: string,
  form: { title: string },
): Promise<ActionResult<tasks.Task>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "tasks:create",
    input: newTaskInput,
    run: (tenant, input) => tasks.createTask(tenant, projectId, input),
  });
}

export async function renameTask(
  orgSlug: string,
  id: string,
  form: { title: string },
): Promise<ActionResult<tasks.Task>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "tasks:update",
    input: newTaskInput,
    run: (tenant, input) => tasks.changeTask(tenant, id, input),
  });
}

export async function setTaskCompleted(
  orgSlug: string,
  id: string,
  completed: boolean,
): Promise<ActionResult<tasks.Task>> {
  return runOrganizationAction(
    orgSlug,
    { completed },
    {
      permission: "tasks:update",
      input: taskChangeInput,
      run: (tenant, input) => tasks.changeTask(tenant, id, input),
    },
  );
}

export async function deleteTask(orgSlug: string, id: string): Promise<ActionResult> {
  return runOrganizationAction(orgSlug, undefined, {
    permission: "tasks:delete",
    input: nothing,
    run: async (tenant) => {
      await tasks.deleteTask(tenant, id);
      return undefined;
    },
  });
}
