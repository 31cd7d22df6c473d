import { reports, testRule } from "../test-rule.ts";

testRule("no-active-organization", {
  valid: {
    "a claim for a guard": `await tenancy.enter({ organization: session.activeOrganizationId, user }, work);`,
    "a claim for a guard, by way of a const": `const active = session.activeOrganizationId; await requireMembership(user, active);`,
    "the way to an address": "redirect(`/${session.activeOrganizationId}/dashboard`);",
    "what the session remembers is written": `session.activeOrganizationId = organization.id;`,
    "a key of an object": `await openSession({ activeOrganizationId: organization.id });`,
    "another thing that is active": `const { activeOrganization } = sidebar; show(menu.activeOrganization);`,
    "the organization of the scope": `await prisma.project.findMany({ where: { organizationId: tenant.organization.id } });`,
    "the active item of a list": `const { activeItemId } = session;`,
    "only asked whether there is one": `const active = session.activeOrganizationId; if (active === null) redirect("/new");`,
  },
  invalid: {
    "prisma: a filter": reports(
      `await prisma.project.findMany({ where: { organizationId: session.activeOrganizationId } });`,
      "active",
    ),
    "prisma: taken apart": reports(
      `const { session: { activeOrganizationId } } = await auth.api.getSession({ headers }); await prisma.project.findMany({ where: { organizationId: activeOrganizationId } });`,
      "active",
    ),
    "drizzle: a condition": reports(
      `await db.select().from(projects).where(eq(projects.organizationId, data.session.activeOrganizationId));`,
      "active",
    ),
    "kysely: a condition": reports(
      `await db.selectFrom("projects").where("organizationId", "=", session.activeOrganizationId).execute();`,
      "active",
    ),
    "pg: a parameter": reports(
      `await pool.query("select 1 from projects where organization_id = $1", [session["activeOrganizationId"]]);`,
      "active",
    ),
    "with a sign of certainty": reports(
      `const organizationId = session!.activeOrganizationId as string; list(organizationId);`,
      "active",
    ),
    "the whole organization": reports(
      `const organization = session.activeOrganization; list(organization.id);`,
      "active",
    ),
    "the team": reports(`list(session?.activeTeamId);`, "active"),
    "under another name": reports(
      `const { activeOrganizationId: organizationId } = session; list(organizationId);`,
      "active",
    ),
  },
});
