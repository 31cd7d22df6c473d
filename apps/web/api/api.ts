import { OpenAPIHono } from "@hono/zod-openapi";
import { webSettings } from "@/settings";
import { assertOwnOrigin } from "./assert-own-origin";
import { describeEndpoint } from "./describe-endpoint";
import type { Endpoint, Reply } from "./endpoint";
import { mountEndpoints, type MountedEndpoint } from "./endpoints";
import { answerError, answerForeignOrigin, answerUnknownRoute, answerWrongMethod } from "./problem-answer";

const documentPath = "/api/openapi.json";

/** The HTTP API: every route, its checks, and the OpenAPI document that is made of the same descriptions. */
export function createApi(): OpenAPIHono {
  const app = new OpenAPIHono();
  const mounted = mountEndpoints();
  app.use(async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
  });
  app.use(async (context, next) => {
    try {
      assertOwnOrigin(context.req.raw);
    } catch (error) {
      return answerForeignOrigin(error);
    }
    await next();
    return undefined;
  });
  for (const one of mounted) register(app, one);
  const document = describeApi(app);
  app.get(documentPath, (context) => context.json(document));
  const routes = [
    ...mounted.map(({ endpoint, path }) => ({ method: endpoint.method, path })),
    { method: "get", path: documentPath },
  ];
  app.notFound((context) => answerUnrouted(context.req.raw, routes));
  app.onError((error) => answerError(error));
  return app;
}

function register(app: OpenAPIHono, { endpoint, path, mount }: MountedEndpoint): void {
  app.openAPIRegistry.registerPath(describeEndpoint(endpoint, path));
  app.on(endpoint.method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ":$1"), async (context) => {
    const parameters: Record<string, string> = context.req.param();
    const reply = await endpoint.serve({ request: context.req.raw, parameters });
    return toResponse(reply, { endpoint, base: mount.replace("{orgSlug}", parameters.orgSlug ?? "") });
  });
}

function toResponse(
  { body, location, setCookies = [] }: Reply,
  { endpoint, base }: { endpoint: Endpoint; base: string },
): Response {
  const headers = new Headers(location === undefined ? {} : { location: `${base}${location}` });
  for (const cookie of setCookies) headers.append("set-cookie", cookie);
  const { status } = endpoint;
  return status === 204 ? new Response(null, { status, headers }) : Response.json(body, { status, headers });
}

function describeApi(app: OpenAPIHono) {
  const { publicUrl, secureCookies } = webSettings();
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: `${secureCookies ? "__Secure-" : ""}rowhouse.session_token`,
    description: "Set by sign-in and sign-up.",
  });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Rowhouse",
      version: "1",
      description:
        "Refusals are problem details (RFC 9457) whose `code` says what is wrong. Times are ISO 8601 in UTC.",
    },
    servers: [{ url: publicUrl }],
  });
}

/** An address that exists under another method says which; OPTIONS asks just that. */
function answerUnrouted(request: Request, routes: readonly { method: string; path: string }[]): Response {
  const { pathname } = new URL(request.url);
  const methods = routes.filter(({ path }) => isAt(pathname, path)).map(({ method }) => method.toUpperCase());
  if (methods.length === 0) return answerUnknownRoute();
  const allowed = [...(methods.includes("GET") ? ["HEAD"] : []), ...methods, "OPTIONS"].sort();
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow: allowed.join(", ") } });
  return answerWrongMethod(allowed);
}

function isAt(pathname: string, path: string): boolean {
  const [given, wanted] = [pathname.split("/"), path.split("/")];
  return (
    given.length === wanted.length &&
    wanted.every((segment, index) => segment.startsWith("{") || segment === given[index])
  );
}
