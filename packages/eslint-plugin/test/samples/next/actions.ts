"use server";

import { revalidatePath } from "next/cache";
import { organizationAction, requireUser, tenancy } from "./tenancy";
import { createProject, removeProject } from "./projects";

export const create = organizationAction("projects:create", async (tenant, input: { name: string }) =>
  createProject(tenant, input),
);

// expect-next: guarded-entry
export async function remove(id: string) {
  await removeProject(id);
  revalidatePath("/projects");
}

export async function join(form: FormData) {
  const user = await requireUser();
  await tenancy().enter({ organization: form.get("organizationId"), user }, async (tenant) => tenant.join());
}

export async function rename(form: FormData) {
  await requireUser();
  const organizationId = String(form.get("organizationId")); // expect: no-organization-from-body
  await createProject(organizationId, { name: String(form.get("name")) });
}
