import { eq } from "drizzle-orm";
import { Hono, type Context } from "hono";
import { RowhouseError } from "rowhouse";
import { openDrizzle } from "rowhouse/drizzle";
import { problemResponse } from "rowhouse/http";
import { describeRefusal } from "../start/describe-refusal.ts";
import type { ExampleTenancy } from "../start/example-tenancy.ts";
import { parseNewProject } from "../start/parse-new-project.ts";
import type { Sessions } from "../start/sessions.ts";
import { projects, schema } from "./schema.ts";

type TenantOf = Parameters<Parameters<ExampleTenancy["enter"]>[1]>[0];

/** Drizzle's own database, whose statements name the organization by themselves; row security holds below. */
export function createApp(tenancy: ExampleTenancy, sessions: Sessions): Hono {
  const app = new Hono();

  /** The organization is in the path, the person in the cookie; the membership is read on every request. */
  const within = <T>(context: Context, work: (tenant: TenantOf) => Promise<T>): Promise<T> => {
    const user = sessions.userOf(context.req.header("cookie"));
    return tenancy.enter({ organization: context.req.param("slug") ?? "", user }, work);
  };

  app.get("/organizations/:slug/projects", async (context) => {
    const found = await within(context, async (tenant) => {
      tenant.assertCan("projects:read");
      const { query } = openDrizzle(tenant, { schema });
      return query.projects.findMany({ with: { tasks: true }, orderBy: projects.createdAt });
    });
    return context.json(found);
  });

  app.get("/organizations/:slug/projects/:id", async (context) => {
    const found = await within(context, async (tenant) => {
      tenant.assertCan("projects:read");
      const { query } = openDrizzle(tenant, { schema });
      return query.projects.findFirst({ where: eq(projects.id, context.req.param("id")), with: { tasks: true } });
    });
    if (found === undefined) throw new RowhouseError("NOT_FOUND", "There is no such project.");
    return context.json(found);
  });

  app.post("/organizations/:slug/projects", async (context) => {
    const { name } = parseNewProject(await context.req.json().catch(() => undefined));
    const [made] = await within(context, async (tenant) => {
      tenant.assertCan("projects:create");
      return openDrizzle(tenant, { schema }).insert(projects).values({ name }).returning();
    });
    return context.json(made, 201);
  });

  app.onError((error) => problemResponse(describeRefusal(error)));
  return app;
}
