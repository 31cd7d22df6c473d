import { reports, testRule } from "../test-rule.ts";

testRule("no-id-alone", {
  valid: {
    "prisma: id and tenant": `await prisma.project.findFirst({ where: { id, organizationId } });`,
    "prisma: a compound key": `await prisma.project.update({ where: { organizationId_id: { organizationId, id } }, data });`,
    "prisma: the filter was built above": `const where = { id, organization_id: organization.id }; await prisma.project.delete({ where });`,
    "prisma: a model of no tenant": `await prisma.user.findUnique({ where: { id } });`,
    "prisma: the tenant of a related row": `await prisma.task.findFirst({ where: { id, project: { organizationId } } });`,
    "prisma: a client of the scope": `await tenant.prisma.project.findUnique({ where: { id } });`,
    "prisma: a client for the organization": `const db = prismaFor(organizationId); await db.project.delete({ where: { id } });`,
    "drizzle: id and tenant": `await db.select().from(projects).where(and(eq(projects.id, id), eq(projects.organizationId, organizationId)));`,
    "drizzle: a condition from elsewhere": `await db.delete(projects).where(and(eq(projects.id, id), ownedBy(organization)));`,
    "drizzle: a transaction of the scope": `await tenant.transaction(async (tx) => { await tx.update(projects).set(change).where(eq(projects.id, id)); });`,
    "kysely: id and tenant": `await db.selectFrom("projects as p").where("p.id", "=", id).where("p.organizationId", "=", organizationId).execute();`,
    "kysely: narrowed later": `let query = db.selectFrom("projects").selectAll().where("id", "=", id); query = query.where("organizationId", "=", organizationId);`,
    "kysely: the handle of the scope": `const { db } = tenant; await db.deleteFrom("projects").where("id", "=", id).execute();`,
    "kysely: a parameter that is a scope by its type": `async function find(within: Tenant, id: string) { return within.db.selectFrom("projects").where("id", "=", id).execute(); }`,
    "kysely: a table of no tenant by the settings": {
      code: `await db.selectFrom("auth.mail").where("id", "=", id).execute();`,
      settings: { globalTables: ["auth.*"] },
    },
    "a transaction that sets its context by hand": `await db.transaction().execute(async (trx) => { await sql\`select set_config('app.organization_id', \${organizationId}, true)\`.execute(trx); await trx.deleteFrom("projects").where("id", "=", id).execute(); });`,
  },
  invalid: {
    "prisma: find": reports(`await prisma.project.findUnique({ where: { id } });`, "idAlone"),
    "prisma: update": reports(`await prisma.project.update({ where: { id: input.id }, data: { name } });`, "idAlone"),
    "prisma: delete by a filter built above": reports(
      `const where = { id }; await prisma.project.delete({ where });`,
      "idAlone",
    ),
    "prisma: the parent's id does not help": reports(
      `await prisma.task.findFirst({ where: { id, projectId } });`,
      "idAlone",
    ),
    "prisma: in a transaction of the bare client": reports(
      `await prisma.$transaction(async (tx) => { await tx.project.delete({ where: { id } }); });`,
      "idAlone",
    ),
    "drizzle: select": reports(`await db.select().from(projects).where(eq(projects.id, id));`, "idAlone"),
    "drizzle: update, with eq under another name": reports(
      `import { eq as equals } from "drizzle-orm"; await db.update(projects).set(change).where(equals(projects.id, id));`,
      "idAlone",
    ),
    "drizzle: the query of relations": reports(
      `await db.query.projects.findFirst({ where: eq(projects.id, id) });`,
      "idAlone",
    ),
    "kysely: select": reports(
      `await db.selectFrom("projects").selectAll().where("id", "=", id).executeTakeFirst();`,
      "idAlone",
    ),
    "kysely: the tenant is selected, not compared": reports(
      `await db.selectFrom("projects").select(["id", "organizationId"]).where("projects.id", "=", id).execute();`,
      "idAlone",
    ),
    "kysely: many ids, by a client under another name": reports(
      `const connection = kysely; await connection.deleteFrom("projects").where("id", "in", ids).execute();`,
      "idAlone",
    ),
    "a variable called tenant that is the bare client": reports(
      `import { db } from "./client"; const tenant = db; await tenant.selectFrom("projects").where("id", "=", id).execute();`,
      "idAlone",
    ),
    "another tenant column by the settings": reports(
      {
        code: `await prisma.project.findFirst({ where: { id, organizationId } });`,
        settings: { tenantColumn: "workspace_id" },
      },
      "idAlone",
    ),
  },
});
