"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { describeRefusal } from "../../../../start/describe-refusal.ts";
import { parseNewProject } from "../../../../start/parse-new-project.ts";
import { createProject } from "../../../create-project.ts";
import { inOrganization } from "../../../in-organization.ts";

export interface NewProjectState {
  /** What was typed, when it could not be used. */
  readonly name?: string;
  readonly problem?: string;
}

/** The slug comes from the page and may be anything that somebody sends: the membership decides. */
export async function addProject(slug: string, _before: NewProjectState, form: FormData): Promise<NewProjectState> {
  const name = form.get("name");
  try {
    const project = parseNewProject({ name });
    const entry = { slug, permission: "projects:create", cookies: (await cookies()).toString() } as const;
    await inOrganization(entry, (prisma) => createProject(prisma, project));
  } catch (error) {
    const { code, detail } = describeRefusal(error);
    const problem = code === "CONFLICT" ? "A project of this name is there already. Choose another." : detail;
    return { problem, ...(typeof name === "string" && { name }) };
  }
  revalidatePath(`/organizations/${slug}`);
  return {};
}
