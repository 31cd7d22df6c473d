"use server";

import { z } from "zod";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import { projectInput } from "./inputs";
import * as projects from "./queries";

const nothing = z.undefined();

export async function createProject(orgSlug: string, form: { name: string }): Promise<ActionResult<projects.Project>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "projects:create",
    input: projectInput,
    run: projects.createProject,
  });
}

export async function renameProject(
  orgSlug: string,
  id: string,
  form: { name: string },
): Promise<ActionResult<projects.Project>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "projects:update",
    input: projectInput,
    run: (tenant, input) => projects.renameProject(tenant, id, input),
  });
}

export async function deleteProject(orgSlug: string, id: string): Promise<ActionResult> {
  return runOrganizationAction(orgSlug, undefined, {
    permission: "projects:delete",
    input: nothing,
    run: async (tenant) => {
      await projects.deleteProject(tenant, id);
      return undefined;
    },
  });
}
