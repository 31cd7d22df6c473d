import { reports, testRule } from "../test-rule.ts";

const route = (code: string) => ({ code, filename: "app/api/projects/route.ts" });
const page = (code: string) => ({ code, filename: "app/[orgSlug]/projects/page.tsx" });

testRule("guarded-entry", {
  valid: {
    "action: made by a guard": `"use server"; export const create = organizationAction("projects:create", input, run);`,
    "action: calls a guard": `"use server"; export async function create(orgSlug, form) { return runOrganizationAction(orgSlug, form, {}); }`,
    "action: calls a function of the file that does": `"use server"; export async function create() { return save(); } async function save() { await requireUser(); }`,
    "action: meant for everybody": {
      code: `"use server"; export async function signIn(form) {}`,
      options: { public: ["signIn"] },
    },
    "action: a guard by the settings": {
      code: `"use server"; export async function create() { await withTeam(run); }`,
      settings: { guards: ["withTeam"] },
    },
    "route: made by a guard": route(
      `export const GET = organizationRoute("projects:read", answer); export const dynamic = "force-dynamic";`,
    ),
    "route: a webhook that proves its sender": route(
      `export async function POST(request) { const event = stripe.webhooks.constructEvent(body, signature, secret); }`,
    ),
    "route: of the sign-in library": route(
      `import { toNextJsHandler } from "better-auth/next-js"; export const { GET, POST } = toNextJsHandler(auth);`,
    ),
    "page: made by a guard": page(`export default organizationPage("projects:read", async (tenant) => null);`),
    "page: of no organization": {
      code: `export default async function Page() { return null; }`,
      filename: "app/about/page.tsx",
    },
    "hono: behind a guard": `import { Hono } from "hono"; const app = new Hono(); app.use("/api/*", requireMember); app.get("/api/projects", list);`,
    "hono: in a chain": `import { Hono } from "hono"; export const app = new Hono().use(requireMember).get("/projects", (c) => c.json([]));`,
    "express: a guard before the handler": `import express from "express"; const app = express(); app.get("/projects", requireMember, list); app.get("/health", alive);`,
    "fastify: a guard as a hook": `import fastify from "fastify"; const app = fastify(); app.addHook("preHandler", requireMember); app.get("/projects", list);`,
    "a map": `const cache = new Map(); cache.get("/projects", list);`,
  },
  invalid: {
    "action: no guard": reports(
      `"use server"; export async function remove(id) { await projects.remove(id); }`,
      "action",
    ),
    "action: written in a component": reports(
      `function Page() { async function remove() { "use server"; await projects.remove(id); } return <form action={remove} />; }`,
      "action",
    ),
    "action: exported below": reports(
      `"use server"; const remove = async (id) => projects.remove(id); export { remove };`,
      "action",
    ),
    "route: no guard": reports(route(`export async function GET() { return Response.json(await list()); }`), "route"),
    "route: below an organization, only signed in": reports(
      { code: `export async function GET() { await requireUser(); }`, filename: "app/[orgSlug]/export/route.ts" },
      "route",
    ),
    "page: no guard": reports(
      page(`export default async function Page({ params }) { return <List slug={(await params).orgSlug} />; }`),
      "page",
    ),
    "page: only signed in": reports(
      page(`export default async function Page() { await requireUser(); return null; }`),
      "page",
    ),
    "page: a parameter by the settings": reports(
      {
        code: `export default function Page() { return null; }`,
        filename: "app/[team]/page.tsx",
        settings: { organizationParam: "team" },
      },
      "page",
    ),
    "hono: no guard": reports(
      `import { Hono } from "hono"; const app = new Hono(); app.get("/projects", async (c) => c.json(await list()));`,
      "route",
    ),
    "hono: the guard comes after": reports(
      `import { Hono } from "hono"; const app = new Hono(); app.get("/projects", list); app.use(requireMember);`,
      "route",
    ),
    "hono: the guard is for other paths": reports(
      `import { Hono } from "hono"; const app = new Hono(); app.use("/admin/*", requireMember); app.post("/projects", create);`,
      "route",
    ),
    "express: a router": reports(
      `import { Router } from "express"; const router = Router(); router.delete("/projects/:id", remove);`,
      "route",
    ),
    "fastify: a plugin": reports(
      `export async function routes(server: FastifyInstance) { server.get("/projects", list); }`,
      "route",
    ),
  },
});
