import { z } from "zod";
import { apiKeyStatuses } from "../../api-keys/api-key.ts";
import { createApiKey } from "../../api-keys/create-api-key.ts";
import { getApiKey, listApiKeys } from "../../api-keys/list-api-keys.ts";
import { revokeApiKey } from "../../api-keys/revoke-api-key.ts";
import { rotateApiKey } from "../../api-keys/rotate-api-key.ts";
import { organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { listQuery, pageOf } from "../list-query.ts";
import { reasonInput } from "./member-endpoints.ts";

const moment = z.iso
  .datetime({ offset: true, error: "Give a time with its offset, such as 2030-01-31T00:00:00Z." })
  .transform((text) => new Date(text))
  .nullable()
  .optional();

const keyAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.string()),
    holder: z.object({ kind: z.enum(["user", "service-account"]), id: z.uuid(), name: z.string() }),
    status: z.enum(apiKeyStatuses),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    createdBy: z.uuid(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "ApiKey" });

const newKeyAnswer = z.object({ key: z.string(), record: keyAnswer });

const list = organizationEndpoint(
  {
    method: "get",
    path: "/api-keys",
    summary: "A page of the API keys, newest first",
    permission: "api-keys:read",
    query: listQuery.safeExtend({
      status: z.enum(apiKeyStatuses, `Choose one of ${apiKeyStatuses.join(", ")}.`).optional(),
      serviceAccountId: z.uuid("Give the id of a service account.").optional(),
      userId: z.uuid("Give the id of a member.").optional(),
    }),
    status: 200,
    answer: pageOf(keyAnswer),
  },
  async (tenant, { query }) => ({ body: await listApiKeys(tenant, query) }),
);

const create = organizationEndpoint(
  {
    method: "post",
    path: "/api-keys",
    summary: "Make an API key, in person; it is in this answer and never again",
    permission: "api-keys:create",
    body: z.strictObject({
      name: z.string("Enter a name.").max(10_000, "Use at most 100 characters."),
      scopes: z.array(z.string("Choose permissions.").max(200), "Choose permissions.").max(500, "Choose fewer."),
      expiresAt: moment,
      serviceAccountId: z.uuid("Give the id of a service account.").optional(),
    }),
    status: 201,
    answer: newKeyAnswer,
    showsSecret: true,
    refusals: [409],
  },
  async (tenant, { body }) => {
    const made = await createApiKey(tenant, body);
    return { body: made, location: `/api-keys/${made.record.id}` };
  },
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "/api-keys/{apiKeyId}",
    summary: "An API key, without its secret",
    permission: "api-keys:read",
    status: 200,
    answer: keyAnswer,
  },
  async (tenant, { parameters }) => ({ body: await getApiKey(tenant, { keyId: parameters.apiKeyId ?? "" }) }),
);

const rotate = organizationEndpoint(
  {
    method: "post",
    path: "/api-keys/{apiKeyId}/rotate",
    summary: "Give a key another secret, in person; the one before is dead at once",
    permission: "api-keys:create",
    body: z.strictObject({ expiresAt: moment, reason: reasonInput }),
    status: 200,
    answer: newKeyAnswer,
    showsSecret: true,
    refusals: [409],
  },
  async (tenant, { parameters, body }) => ({
    body: await rotateApiKey(tenant, { keyId: parameters.apiKeyId ?? "", ...body }),
  }),
);

const revoke = organizationEndpoint(
  {
    method: "post",
    path: "/api-keys/{apiKeyId}/revoke",
    summary: "End a key, from its next request on and for good",
    permission: "api-keys:revoke",
    body: z.strictObject({ reason: reasonInput }),
    status: 200,
    answer: keyAnswer,
  },
  async (tenant, { parameters, body }) => ({
    body: await revokeApiKey(tenant, { keyId: parameters.apiKeyId ?? "", ...body }),
  }),
);

/** Keys of an organization. */
export const apiKeyEndpoints: readonly Endpoint[] = [list, create, read, rotate, revoke];
