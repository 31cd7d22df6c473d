import { reports, testRule } from "../test-rule.ts";

testRule("no-organization-from-body", {
  valid: {
    "the organization of the scope": `const { organizationId } = tenant; await list(organizationId);`,
    "other things of the body": `const { name } = await request.json();`,
    "the path": `const { orgSlug } = await params;`,
    "a claim for a guard": `const { organizationId } = await request.json(); await tenancy.enter({ organization: organizationId, user }, work);`,
    "a form's claim for a guard": `await requireMembership(user, form.get("organizationId"));`,
    "held against the scope": `const body = await request.json(); if (body.organizationId !== tenant.organization.id) throw notFound();`,
    "an answer of another service": `const { organizationId } = await fetchInvoice(id);`,
    "a cookie store": `store.get("theme"); registry.get("organizationId");`,
    "a row": `const { organizationId } = await prisma.project.findFirst({ where });`,
  },
  invalid: {
    "next: taken from JSON": reports(
      `export async function POST(request) { const { organizationId, name } = await request.json(); await create(organizationId, name); }`,
      "sent",
    ),
    "next: by way of a const": reports(`const body = await request.json(); await create(body.organizationId);`, "sent"),
    "next: a form": reports(
      `export async function save(form: FormData) { await create(form.get("organizationId")); }`,
      "sent",
    ),
    "next: the query string": reports(
      `const organizationId = request.nextUrl.searchParams.get("organizationId"); await list(organizationId);`,
      "sent",
    ),
    "zod: parsed is still what was sent": reports(
      `const { organizationId } = schema.parse(await request.json()); list(organizationId);`,
      "sent",
    ),
    "hono: JSON": reports(`const { organization_id } = await c.req.json(); list(organization_id);`, "sent"),
    "hono: a valid body": reports(`const { organizationId: id } = c.req.valid("json"); list(id);`, "sent"),
    "hono: the query": reports(`await list(c.req.query("orgSlug"));`, "sent"),
    "express: the body": reports(`app.post("/projects", (req, res) => { create(req.body.organizationId); });`, "sent"),
    "a tenant column by the settings": reports(
      { code: `const { team_id } = req.body; list(team_id);`, settings: { tenantColumn: "team_id" } },
      "sent",
    ),
  },
});
