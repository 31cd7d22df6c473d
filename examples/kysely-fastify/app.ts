import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { RowhouseError } from "rowhouse";
import { describeRefusal } from "../start/describe-refusal.ts";
import type { ExampleTenancy } from "../start/example-tenancy.ts";
import { parseNewProject } from "../start/parse-new-project.ts";
import type { Sessions } from "../start/sessions.ts";

type TenantOf = Parameters<Parameters<ExampleTenancy["enter"]>[1]>[0];

interface OfOrganization {
  readonly Params: { readonly slug: string };
}

interface OfProject {
  readonly Params: { readonly slug: string; readonly id: string };
}

/** `tenant.db` is Kysely: each statement is bound to the organization by its text and by row security. */
export function createApp(tenancy: ExampleTenancy, sessions: Sessions): FastifyInstance {
  // An address that cannot be read comes to no route, and so not to the handler of errors.
  const app = fastify({ frameworkErrors: (error, _request, reply) => void refuse(error, reply) });

  /** The organization is in the path, the person in the cookie; the membership is read on every request. */
  const within = <T>(request: FastifyRequest<OfOrganization>, work: (tenant: TenantOf) => Promise<T>): Promise<T> => {
    const user = sessions.userOf(request.headers.cookie);
    return tenancy.enter({ organization: request.params.slug, user }, work);
  };

  app.get<OfOrganization>("/organizations/:slug/projects", (request) =>
    within(request, async (tenant) => {
      tenant.assertCan("projects:read");
      return tenant.db.selectFrom("projects").select(["id", "name"]).orderBy("createdAt").execute();
    }),
  );

  app.get<OfProject>("/organizations/:slug/projects/:id", (request) =>
    within(request, async (tenant) => {
      tenant.assertCan("projects:read");
      const byId = tenant.db.selectFrom("projects").select(["id", "name"]).where("id", "=", request.params.id);
      return byId.executeTakeFirstOrThrow(() => new RowhouseError("NOT_FOUND", "There is no such project."));
    }),
  );

  app.post<OfOrganization>("/organizations/:slug/projects", async (request, reply) => {
    const { name } = parseNewProject(request.body);
    const made = await within(request, async (tenant) => {
      tenant.assertCan("projects:create");
      const insert = tenant.db.insertInto("projects").values({ name }).returning(["id", "name"]);
      return insert.executeTakeFirstOrThrow();
    });
    return reply.status(201).send(made);
  });

  app.setErrorHandler((error, _request, reply) => refuse(error, reply));
  return app;
}

function refuse(error: unknown, reply: Pick<FastifyReply, "status">): FastifyReply {
  const problem = describeRefusal(error);
  return reply.status(problem.status).type("application/problem+json").send(problem);
}
