// as: app/api/projects/route.ts
import { revalidateTag, unstable_cache } from "next/cache";
import { organizationRoute } from "./tenancy";
import { listProjects, saveProject } from "./projects";

const cached = unstable_cache(async () => listProjects(), ["projects"], { tags: ["projects"] }); // expect: tenant-cache-key
const ofOrganization = unstable_cache(async (organizationId: string) => listProjects(organizationId), ["projects"]);

// expect-next: guarded-entry
export async function GET(request: Request) {
  const organizationId = new URL(request.url).searchParams.get("organizationId"); // expect: no-organization-from-body
  return Response.json(organizationId === null ? await cached() : await ofOrganization(organizationId));
}

export const POST = organizationRoute("projects:create", async (tenant, request) => {
  const { name } = await request.json();
  await saveProject(tenant, name);
  revalidateTag(`projects:${tenant.organization.id}`);
});

export const DELETE = organizationRoute("projects:delete", async (tenant) => {
  await tenant.db.deleteFrom("projects").where("id", "=", "1").execute();
  revalidateTag("projects"); // expect: tenant-cache-key
});
