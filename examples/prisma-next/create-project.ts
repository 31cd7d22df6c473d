import type { PrismaClient } from "./.rowhouse/prisma/client.ts";

/** A project with its first task, in one statement of Prisma's. Nobody names the organization: the client is bound to it. */
export function createProject(prisma: PrismaClient, { name }: { readonly name: string }) {
  return prisma.project.create({ data: { name, tasks: { create: { title: "Say what it is for" } } } });
}
