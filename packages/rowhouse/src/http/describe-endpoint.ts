import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { errorCodes, fieldErrorCodes } from "../errors.ts";
import type { Endpoint } from "./call.ts";
import type { MountedEndpoint } from "./mount-endpoints.ts";

/** The one shape of every refusal: RFC 9457. */
export const problemShape = z
  .strictObject({
    type: z.string().regex(/^urn:rowhouse:problem:[A-Z_]+$/),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(errorCodes),
    errors: z
      .array(z.strictObject({ field: z.string(), message: z.string(), code: z.enum(fieldErrorCodes) }))
      .optional(),
  })
  .meta({ id: "Problem" });

const refusalTexts: Readonly<Record<number, string>> = {
  400: "The input cannot be used; `errors` names the fields",
  401: "Nobody is signed in, or the address or password is wrong",
  402: "Every seat is taken",
  403: "The role does not allow this, or the request comes from a page of another site",
  404: "There is no such thing in an organization of the caller",
  409: "Taken already, or changed meanwhile",
  410: "No longer open",
  413: "The body is too large",
  415: "The body is not of the right type",
  422: "The Idempotency-Key was used for another request",
  429: "Too many requests or attempts; `Retry-After` says when to try again",
  503: "Not available right now",
};

/** An endpoint at the path where it is mounted, as OpenAPI has it. */
export function describeEndpoint({ endpoint, path }: Pick<MountedEndpoint, "endpoint" | "path">): RouteConfig {
  const { method, summary, access, permission, query } = endpoint;
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const byHeader = access === "organization" && !named.includes("orgSlug");
  return {
    method,
    path,
    summary,
    tags: [endpoint.path.split("/")[1] || "organization"],
    ...(typeof permission === "string" ? { description: `Needs the permission \`${permission}\`.` } : {}),
    security: securityOf(access),
    request: {
      params: z.object(Object.fromEntries(named.map((name) => [name, parameterShape(name)]))),
      ...(query instanceof z.ZodObject ? { query } : {}),
      headers: z.object(describeHeaders(endpoint, byHeader)),
      ...describeBody(endpoint),
    },
    responses: { [endpoint.status]: describeSuccess(endpoint), ...describeRefusals(endpoint) },
  };
}

function securityOf(access: Endpoint["access"]): Record<string, string[]>[] {
  if (access === "public") return [];
  return access === "user" ? [{ session: [] }] : [{ session: [] }, { bearer: [] }];
}

function parameterShape(name: string): z.ZodType {
  if (name === "orgSlug") return z.string().meta({ description: "The organization's slug." });
  return name.endsWith("Id") ? z.uuid() : z.string();
}

function describeHeaders({ access, method, isRepeatable }: Endpoint, byHeader: boolean): Record<string, z.ZodType> {
  const takesKey = access === "organization" && method === "post" && isRepeatable !== true;
  return {
    ...(byHeader
      ? {
          "X-Organization": z
            .string()
            .optional()
            .meta({ description: "The organization's slug. A key or a token belongs to one and may leave it out." }),
        }
      : {}),
    ...(takesKey
      ? {
          "Idempotency-Key": z
            .string()
            .optional()
            .meta({ description: "Sent again within a day, the same request does nothing and gets the same answer." }),
        }
      : {}),
  };
}

function describeBody({ body, takesFile }: Endpoint): Pick<NonNullable<RouteConfig["request"]>, "body"> {
  if (body !== undefined) return { body: { required: true, content: { "application/json": { schema: body } } } };
  if (takesFile === undefined) return {};
  const schema = { type: "string" as const, format: "binary" };
  return { body: { required: true, content: Object.fromEntries(takesFile.map((type) => [type, { schema }])) } };
}

function describeSuccess({ status, answer, files = [] }: Endpoint): { description: string } {
  const headers =
    status === 201
      ? { headers: { Location: { schema: { type: "string" as const }, description: "Where it is" } } }
      : {};
  const description = { 200: "Done", 201: "Made", 204: "Done; there is no body" }[status];
  const schema = { type: "string" as const, format: "binary" };
  const content = {
    ...(answer === undefined ? {} : { "application/json": { schema: answer } }),
    ...Object.fromEntries(files.map((type) => [type, { schema }])),
  };
  return { description, ...headers, ...(Object.keys(content).length === 0 ? {} : { content }) };
}

function describeRefusals(endpoint: Endpoint): RouteConfig["responses"] {
  const { method, access, query, refusals = [], takesFile, isRepeatable, isCounted } = endpoint;
  const body = endpoint.body ?? takesFile;
  const statuses = new Set([
    ...(isCounted === false ? [] : [429]),
    ...(access === "organization" && method === "post" && isRepeatable !== true ? [409, 422] : []),
    ...(body !== undefined || query !== undefined ? [400] : []),
    ...(access === "public" ? [] : [401]),
    ...(access === "organization" || method !== "get" ? [403] : []),
    ...(access === "organization" ? [404] : []),
    ...(body === undefined ? [] : [413, 415]),
    ...refusals,
  ]);
  const content = { "application/problem+json": { schema: problemShape } };
  return Object.fromEntries(
    [...statuses]
      .sort((a, b) => a - b)
      .map((status) => [status, { description: refusalTexts[status] ?? "Refused", content }]),
  );
}
