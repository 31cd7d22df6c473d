import { inspect } from "node:util";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Hono } from "hono";
import type { Tenancy } from "../tenancy.ts";
import { rateHeaders } from "../rate-limits/rate-headers.ts";
import type { RateCount } from "../rate-limits/rate-policy.ts";
import type { RequestOrigin } from "../tenant/audit-event.ts";
import { isRowhouseError } from "../errors.ts";
import { answerUnrouted } from "./answer-unrouted.ts";
import type { ApiParts } from "./api-parts.ts";
import type { ApiOptions } from "./api-options.ts";
import { countAddress, usualRateLimits } from "./count-attempts.ts";
import { describeApi } from "./describe-api.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import type { Call } from "./call.ts";
import { libraryEndpoints } from "./library-endpoints.ts";
import { mountEndpoints, type MountedEndpoint } from "./mount-endpoints.ts";
import { assertOwnOrigin } from "./own-origin.ts";
import { answerForeignOrigin, answerProblem } from "./problem-answer.ts";
import { isServerFault, toProblem } from "./problem.ts";
import { requestIdHeader, requestOrigin } from "./request-origin.ts";
import { toResponse } from "./to-response.ts";

interface Environment {
  Variables: { origin: RequestOrigin; counts: RateCount[] };
}

/**
 * The HTTP API of organizations, with the application's own endpoints beside the library's, and the OpenAPI document that
 * is made of the same descriptions. Any framework mounts its `fetch`:
 *
 * ```ts
 * const api = createApi(tenancy, { publicUrl: "https://app.example.com" });
 * export const GET = (request: Request) => api.fetch(request);
 * ```
 *
 * Who asks comes from the tenancy's `identify`, or from a key or token in the Authorization header.
 */
export function createApi<DB, P extends string>(
  tenancy: Tenancy<DB, P>,
  options: ApiOptions<DB, P>,
): Hono<Environment> {
  const parts = toParts(tenancy, options);
  const app = new OpenAPIHono<Environment>();
  const mounted = listEndpoints(tenancy, options);
  useHeaders(app, options);
  for (const one of mounted) register(app, one, parts);
  const document = describeApi(app, options);
  const documentPath = `${parts.mount}/openapi.json`;
  app.get(documentPath, (context) => context.json(document));
  const routes = [
    ...mounted.map(({ endpoint, path }) => ({ method: endpoint.method, path })),
    { method: "get", path: documentPath },
  ];
  app.notFound((context) => answerUnrouted(context.req.raw, routes));
  app.onError((error) => {
    const problem = toProblem(error);
    if (isServerFault(problem)) parts.onFault(error);
    const retryAfter = isRowhouseError(error) ? error.retryAfterSeconds : undefined;
    return answerProblem(problem, retryAfter === undefined ? {} : { "retry-after": String(retryAfter) });
  });
  return app;
}

/** Every endpoint of an API with these options, at each of its paths. */
export function listEndpoints<DB, P extends string>(
  tenancy: Tenancy<DB, P>,
  options: ApiOptions<DB, P>,
): MountedEndpoint[] {
  const library = libraryEndpoints({ ...options, offersTokens: tenancy.tokens.isOffered });
  return mountEndpoints([...library, ...(options.endpoints ?? [])], mountOf(options));
}

function toParts<DB, P extends string>(tenancy: Tenancy<DB, P>, options: ApiOptions<DB, P>): ApiParts {
  const { onFault = reportFault, rateLimits = usualRateLimits } = options;
  // Endpoints of one API all mean its tenancy; none of the library's looks at a table of the application.
  return { ...options, tenancy, mount: mountOf(options), rateLimits, onFault } as unknown as ApiParts;
}

function mountOf({ mount = "/api" }: { readonly mount?: string | undefined }): string {
  return mount.replace(/\/+$/, "");
}

/** What holds for every answer, and what refuses before any endpoint is asked. */
function useHeaders<DB, P extends string>(
  app: OpenAPIHono<Environment>,
  { publicUrl, origin = requestOrigin }: ApiOptions<DB, P>,
): void {
  app.use(async (context, next) => {
    const place = origin(context.req.raw);
    context.set("origin", place);
    context.set("counts", []);
    await next();
    for (const [name, value] of Object.entries(rateHeaders(context.var.counts))) context.header(name, value);
    if (!context.res.headers.has("cache-control")) context.header("cache-control", "no-store");
    if (place.requestId !== undefined) context.header(requestIdHeader, place.requestId);
  });
  app.use(async (context, next) => {
    try {
      assertOwnOrigin(context.req.raw, publicUrl);
    } catch (error) {
      return answerForeignOrigin(error);
    }
    await next();
    return undefined;
  });
}

function register(app: OpenAPIHono<Environment>, mounted: MountedEndpoint, api: ApiParts): void {
  const { endpoint, path } = mounted;
  app.openAPIRegistry.registerPath(describeEndpoint(mounted));
  app.on(endpoint.method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ":$1"), async (context) => {
    const parameters: Record<string, string> = context.req.param();
    const call: Call = { request: context.req.raw, parameters, api, ...context.var };
    if (endpoint.isCounted !== false) await countAddress(call);
    const reply = await endpoint.serve(call);
    return toResponse(reply, { ...mounted, orgSlug: parameters.orgSlug });
  });
}

function reportFault(error: unknown): void {
  process.stderr.write(`rowhouse: the API failed: ${inspect(error)}\n`);
}
