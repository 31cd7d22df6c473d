import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "hono";
import type { ApiOptions } from "./api-options.ts";

/** The OpenAPI 3.1 document of all that is registered. */
export function describeApi<DB, P extends string, E extends Env>(
  app: OpenAPIHono<E>,
  { publicUrl, title = "Rowhouse", sessionCookie = "session" }: ApiOptions<DB, P>,
) {
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: sessionCookie,
    description: "Set by sign-in and sign-up.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "An API key of the organization (`rhk_…`), or a signed token. It wins over a cookie.",
  });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title,
      version: "1",
      description:
        "Refusals are problem details (RFC 9457) whose `code` says what is wrong. Times are ISO 8601 in UTC. " +
        "What belongs to an organization is there twice: below its slug, and for the `X-Organization` header.",
    },
    servers: [{ url: publicUrl }],
  });
}
