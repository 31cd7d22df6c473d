import type { RouteConfig } from "@hono/zod-openapi";
import { errorCodes } from "rowhouse";
import { z } from "zod";
import type { Endpoint } from "./endpoint";

/** The one shape of every refusal: RFC 9457. */
export const problemShape = z
  .strictObject({
    type: z.string().regex(/^urn:rowhouse:problem:[A-Z_]+$/),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(errorCodes),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });

const refusalTexts: Readonly<Record<number, string>> = {
  400: "The input cannot be used; `errors` names the fields",
  401: "Nobody is signed in, or the address or password is wrong",
  403: "The role does not allow this, or the request comes from a page of another site",
  404: "There is no such thing in an organization of the caller",
  409: "Taken already",
  413: "The body is too large",
  415: "The body is not JSON",
  429: "Too many attempts",
  503: "Not available right now",
};

/** An endpoint at the path where it is mounted, as OpenAPI has it. */
export function describeEndpoint(endpoint: Endpoint, path: string): RouteConfig {
  const { method, summary, access, permission, body, query } = endpoint;
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const byHeader = access === "organization" && !named.includes("orgSlug");
  return {
    method,
    path,
    summary,
    ...(permission === undefined ? {} : { description: `Needs the permission \`${permission}\`.` }),
    security: access === "public" ? [] : [{ session: [] }],
    request: {
      params: z.object(Object.fromEntries(named.map((name) => [name, parameterShape(name)]))),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(byHeader
        ? { headers: z.object({ "X-Organization": z.string().meta({ description: "The organization's slug." }) }) }
        : {}),
      ...(body === undefined ? {} : { body: { required: true, content: { "application/json": { schema: body } } } }),
    },
    responses: { [endpoint.status]: describeSuccess(endpoint), ...describeRefusals(endpoint) },
  };
}

function parameterShape(name: string): z.ZodType {
  return name === "orgSlug" ? z.string().meta({ description: "The organization's slug." }) : z.uuid();
}

function describeSuccess({ status, answer }: Endpoint): { description: string } {
  const headers =
    status === 201
      ? { headers: { Location: { schema: { type: "string" as const }, description: "Where it is" } } }
      : {};
  const description = { 200: "Done", 201: "Made", 204: "Done; there is no body" }[status];
  return {
    description,
    ...headers,
    ...(answer === undefined ? {} : { content: { "application/json": { schema: answer } } }),
  };
}

function describeRefusals({ method, access, body, query, refusals = [] }: Endpoint): RouteConfig["responses"] {
  const statuses = new Set([
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
