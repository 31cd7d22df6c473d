import { z } from "zod";
import { RowhouseError } from "../../errors.ts";
import { organizationEndpoint, publicEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";

const issue = organizationEndpoint(
  {
    method: "post",
    path: "/tokens",
    summary: "A signed token for a few minutes, for the user of a session in this organization",
    permission: null,
    status: 201,
    answer: z.object({ token: z.string(), expiresAt: z.iso.datetime() }),
    isRepeatable: true,
  },
  async ({ actor, organization }, { api, request }) => {
    // By a token a token could be prolonged for ever.
    if (actor.kind !== "user" || request.headers.has("authorization")) {
      throw new RowhouseError(
        "FORBIDDEN",
        "Tokens are for the user of a session, not for the bearer of a key or token.",
      );
    }
    return { body: await api.tenancy.tokens.issue({ user: actor.userId, organization: organization.id }) };
  },
);

const readKeys = publicEndpoint(
  {
    method: "get",
    path: "/jwks",
    summary: "The public keys of the signed tokens, as a JSON Web Key Set",
    status: 200,
    answer: z.object({
      keys: z.array(
        z.object({
          kty: z.string(),
          crv: z.string(),
          kid: z.string(),
          x: z.string(),
          alg: z.string(),
          use: z.string(),
        }),
      ),
    }),
  },
  async ({ api }) => ({ body: api.tenancy.tokens.jwks() }),
);

/** Signed tokens for callers without cookies. */
export const tokenEndpoints: readonly Endpoint[] = [issue, readKeys];
