import { z } from "zod";
import { roles } from "../../access/roles.ts";
import { publicEndpoint, userEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { findPerson } from "../get-person.ts";
import { organizationWithRole } from "./organization-endpoints.ts";

// In a body: addresses are written to logs, and a token is a secret.
const tokenBody = z.strictObject({
  token: z.string("Give the token of the invitation.").max(200, "This is no token of an invitation."),
});

const preview = publicEndpoint(
  {
    method: "post",
    path: "/join/preview",
    summary: "What an invitation invites to. Nothing in it depends on who has an account",
    body: tokenBody,
    status: 200,
    answer: z.object({
      organization: z.object({ slug: z.string(), name: z.string() }),
      kind: z.enum(["email", "link"]),
      email: z.string().nullable(),
      allowedDomain: z.string().nullable(),
      role: z.enum(roles),
      inviterName: z.string(),
      expiresAt: z.iso.datetime(),
    }),
    refusals: [404, 410],
  },
  async ({ body, api }) => ({ body: await api.tenancy.invitations.preview(body.token) }),
);

const accept = userEndpoint(
  {
    method: "post",
    path: "/join/accept",
    summary: "Become a member. Twice is once; a membership that is there never changes",
    body: tokenBody,
    status: 200,
    answer: organizationWithRole,
    refusals: [402, 404, 409, 410],
  },
  async (user, { body, api, origin }) => {
    const { organization, role } = await api.tenancy.invitations.accept({ token: body.token, user, origin });
    const { id, slug, name } = organization;
    return { body: { id, slug, name, role } };
  },
);

const decline = publicEndpoint(
  {
    method: "post",
    path: "/join/decline",
    summary: "Say no to an invitation to an address, signed in or not",
    body: tokenBody,
    status: 204,
    refusals: [404, 409, 410],
  },
  async ({ body, ...call }) => {
    const user = await findPerson(call);
    await call.api.tenancy.invitations.decline({ token: body.token, user, origin: call.origin });
    return {};
  },
);

/** For the holder of an invitation. */
export const joinEndpoints: readonly Endpoint[] = [preview, accept, decline];
