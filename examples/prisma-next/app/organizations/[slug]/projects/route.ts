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
  const { name } = (await request.json()) as { name: string };
  const made = await prisma.project.create({ data: { name, tasks: { create: { title: "Say what it is for" } } } });
  return Response.json(made, { status: 201 });
});
