import { parseNewProject } from "../../../../../start/parse-new-project.ts";
import { createProject } from "../../../../create-project.ts";
import { organizationRoute } from "../../../../organization-route.ts";

interface Params {
  readonly slug: string;
}

export const GET = organizationRoute<Params>("projects:read", async ({ prisma }) =>
  Response.json(
    await prisma.project.findMany({
      select: { id: true, name: true, tasks: { select: { title: true } } },
      orderBy: { createdAt: "asc" },
    }),
  ),
);

export const POST = organizationRoute<Params>("projects:create", async ({ request, prisma }) => {
  const project = parseNewProject(await request.json().catch(() => undefined));
  return Response.json(await createProject(prisma, project), { status: 201 });
});
