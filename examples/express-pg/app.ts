import express, { type Express, type Request, type Response } from "express";
import { openClient } from "rowhouse/pg";
import { RowhouseError } from "rowhouse";
import { describeRefusal } from "../start/describe-refusal.ts";
import type { ExampleTenancy } from "../start/example-tenancy.ts";
import { parseNewProject } from "../start/parse-new-project.ts";
import type { Sessions } from "../start/sessions.ts";

type TenantOf = Parameters<Parameters<ExampleTenancy["enter"]>[1]>[0];

/** The text is plain SQL: nothing in it names an organization, and row security lets no other's row through. */
export function createApp(tenancy: ExampleTenancy, sessions: Sessions): Express {
  const app = express();
  app.use(express.json());

  /** The organization is in the path, the person in the cookie; the membership is read on every request. */
  const within = <T>(request: Request, work: (tenant: TenantOf) => Promise<T>): Promise<T> => {
    const user = sessions.userOf(request.headers.cookie);
    return tenancy.enter({ organization: String(request.params["slug"]), user }, work);
  };

  app.get("/organizations/:slug/projects", async (request, response) => {
    response.json(
      await within(request, async (tenant) => {
        tenant.assertCan("projects:read");
        const { rows } = await openClient(tenant).query("select id, name from projects order by created_at");
        return rows;
      }),
    );
  });

  app.get("/organizations/:slug/projects/:id", async (request, response) => {
    response.json(
      await within(request, async (tenant) => {
        tenant.assertCan("projects:read");
        const text = "select id, name from projects where id = $1";
        const { rows } = await openClient(tenant).query(text, [request.params["id"]]);
        if (rows[0] === undefined) throw new RowhouseError("NOT_FOUND", "There is no such project.");
        return rows[0];
      }),
    );
  });

  app.post("/organizations/:slug/projects", async (request, response) => {
    const { name } = parseNewProject(request.body);
    const made = await within(request, async (tenant) => {
      tenant.assertCan("projects:create");
      const { rows } = await openClient(tenant).query("insert into projects (name) values ($1) returning id, name", [
        name,
      ]);
      return rows[0];
    });
    response.status(201).json(made);
  });

  // Express knows a handler of errors by its four parameters.
  // eslint-disable-next-line max-params
  app.use((error: unknown, _request: Request, response: Response, _next: () => void) => {
    const problem = describeRefusal(error);
    response.status(problem.status).type("application/problem+json").json(problem);
  });
  return app;
}
