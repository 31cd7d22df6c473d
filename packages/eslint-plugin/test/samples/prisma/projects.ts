import { Prisma, PrismaClient } from "@prisma/client";
import type { Tenant } from "../tenancy";

const prisma = new PrismaClient(); // expect: no-raw-client

export async function getProject(organizationId: string, id: string) {
  return prisma.project.findUniqueOrThrow({ where: { organizationId_id: { organizationId, id } } });
}

export async function findAnyProject(id: string) {
  return prisma.project.findUnique({ where: { id }, include: { tasks: true } }); // expect: no-id-alone
}

export async function renameTask(projectId: string, id: string, title: string) {
  const where = { id, projectId };
  return prisma.task.update({ where, data: { title } }); // expect: no-id-alone
}

export async function deleteProject(tenant: Tenant, id: string) {
  return tenant.transaction(async (tx) => {
    await tx.task.deleteMany({ where: { projectId: id } });
    return tx.project.delete({ where: { id } });
  });
}

export async function profile(userId: string) {
  return prisma.user.findUnique({ where: { id: userId } });
}

export async function countOpen(organizationId: string) {
  const condition = Prisma.sql`organization_id = ${organizationId}`;
  return prisma.$queryRaw`select count(*) from tasks where ${condition} and done = false`;
}

export async function search(text: string) {
  return prisma.$queryRaw`select id, name from projects where name ilike ${text}`; // expect: no-unscoped-sql
}

export async function sort(organizationId: string, column: string) {
  const statement = `select * from projects where organization_id = $1 order by ${column}`;
  return prisma.$queryRawUnsafe(statement, organizationId); // expect: no-unscoped-sql
}

export async function enterOrganization(organizationId: string) {
  await prisma.$executeRawUnsafe(`SET app.organization_id = '${organizationId}'`); // expect: no-session-set, no-unscoped-sql
}

export async function scoped(organizationId: string, id: string) {
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('app.organization_id', ${organizationId}, true)`;
    return tx.project.findUniqueOrThrow({ where: { id } });
  });
}
