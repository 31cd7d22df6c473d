import { organizationRoute } from "../../../../../organization-route.ts";

interface Params {
  readonly slug: string;
  readonly id: string;
}

// A foreign id is no row here: findUniqueOrThrow's P2025 comes with NOT_FOUND as its cause, which is a 404.
export const GET = organizationRoute<Params>("projects:read", async ({ params, prisma }) =>
  Response.json(
    await prisma.project.findUniqueOrThrow({
      where: { id: params.id },
      include: { tasks: true, organization: { include: { members: true, apiKeys: true } } },
    }),
  ),
);
