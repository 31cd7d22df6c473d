import { validate as isUuid } from "uuid";
import { z } from "zod";
import { roles } from "../../access/roles.ts";
import { createInvitation } from "../../invitations/create-invitation.ts";
import { createInvitations } from "../../invitations/create-invitations.ts";
import { createLinkInvitation } from "../../invitations/create-link-invitation.ts";
import {
  getInvitation,
  invitationNotFound,
  invitationStatuses,
  type Invitation,
  type NewInvitation,
} from "../../invitations/invitation.ts";
import { listInvitations } from "../../invitations/list-invitations.ts";
import { resendInvitation } from "../../invitations/resend-invitation.ts";
import { revokeInvitation } from "../../invitations/revoke-invitation.ts";
import { controlPlaneOf } from "../../tenant/control-plane-of.ts";
import type { Tenant } from "../../tenant/tenant.ts";
import type { ApiParts } from "../api-parts.ts";
import { organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { listQuery, pageOf } from "../list-query.ts";
import { roleInput } from "./member-endpoints.ts";

const emailInput = z.string("Enter an address.").max(10_000, "Use at most 254 characters.");

const invitationAnswer = z
  .object({
    id: z.uuid(),
    kind: z.enum(["email", "link"]),
    email: z.string().nullable(),
    role: z.enum(roles),
    status: z.enum(invitationStatuses),
    invitedBy: z.object({ id: z.uuid(), name: z.string() }),
    useLimit: z.int().nullable(),
    useCount: z.int(),
    allowedDomain: z.string().nullable(),
    expiresAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    decidedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Invitation" });

const outcomes = [
  "created",
  "not-an-address",
  "already-a-member",
  "already-invited",
  "no-seat",
  "role-above-yours",
] as const;

const list = organizationEndpoint(
  {
    method: "get",
    path: "/invitations",
    summary: "A page of the invitations, newest first",
    permission: "invitations:read",
    query: listQuery.safeExtend({
      status: z
        .enum(["open", ...invitationStatuses], `Choose open or one of ${invitationStatuses.join(", ")}.`)
        .optional(),
    }),
    status: 200,
    answer: pageOf(invitationAnswer),
  },
  async (tenant, { query }) => ({ body: await listInvitations(tenant, query) }),
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "/invitations/{invitationId}",
    summary: "An invitation",
    permission: "invitations:read",
    status: 200,
    answer: invitationAnswer,
  },
  async (tenant, { parameters: { invitationId } }) => {
    if (!isUuid(invitationId)) throw invitationNotFound();
    return { body: await getInvitation(controlPlaneOf(tenant), String(invitationId)) };
  },
);

const createLink = organizationEndpoint(
  {
    method: "post",
    path: "/invitation-links",
    summary: "Make a link for several people; its token is in this answer and never again",
    permission: "invitations:create",
    body: z.strictObject({
      role: roleInput,
      useLimit: z.int("Enter a whole number from 1 to 10,000.").optional(),
      allowedDomain: z.string("Enter a domain.").max(1000, "Enter a domain such as example.com.").optional(),
      expiresInDays: z.int("Enter a whole number of days from 1 to 90."),
    }),
    status: 201,
    answer: z.object({ invitation: invitationAnswer, token: z.string() }),
    showsSecret: true,
  },
  async (tenant, { body }) => {
    const { invitation, token } = await createLinkInvitation(tenant, body);
    return { body: { invitation, token }, location: `/invitations/${invitation.id}` };
  },
);

const revoke = organizationEndpoint(
  {
    method: "post",
    path: "/invitations/{invitationId}/revoke",
    summary: "Take an invitation or a link back",
    permission: "invitations:revoke",
    status: 200,
    answer: invitationAnswer,
    refusals: [410],
  },
  async (tenant, { parameters }) => ({ body: await revokeInvitation(tenant, { id: parameters.invitationId ?? "" }) }),
);

const create = organizationEndpoint(
  {
    method: "post",
    path: "/invitations",
    summary: "Invite an address; the link goes there by mail and nowhere else",
    permission: "invitations:create",
    body: z.strictObject({ email: emailInput, role: roleInput }),
    status: 201,
    answer: invitationAnswer,
    refusals: [402, 409],
  },
  async (tenant, { body, api }) => {
    const invitation = await send(tenant, api, (within) => createInvitation(within, body));
    return { body: invitation, location: `/invitations/${invitation.id}` };
  },
);

const createMany = organizationEndpoint(
  {
    method: "post",
    path: "/invitations/bulk",
    summary: "Invite up to 500 addresses and hear of each what became of it",
    permission: "invitations:create",
    body: z.strictObject({
      addresses: z.union(
        [
          z.string().regex(/\S/).max(200_000),
          z
            .array(z.strictObject({ email: emailInput, role: roleInput.optional() }))
            .min(1)
            .max(500),
        ],
        "Give text with an address a line, or a list of at most 500.",
      ),
      role: roleInput,
    }),
    bodyLimit: 256 * 1024,
    status: 200,
    answer: z.object({
      items: z.array(
        z.object({
          line: z.int(),
          text: z.string(),
          role: z.enum(roles),
          outcome: z.enum(outcomes),
          invitation: invitationAnswer.optional(),
        }),
      ),
    }),
  },
  (tenant, { body, api }) =>
    tenant.transaction(async (within) => {
      const reports = await createInvitations(within, body);
      const items = [];
      for (const { token, invitation, ...report } of reports) {
        const sent = await sendOne(within, api, { invitation, token });
        items.push({ ...report, ...(sent === undefined ? {} : { invitation: sent }) });
      }
      return { body: { items } };
    }),
);

const resend = organizationEndpoint(
  {
    method: "post",
    path: "/invitations/{invitationId}/resend",
    summary: "Send a new link; the old one is dead at once",
    permission: "invitations:create",
    status: 200,
    answer: invitationAnswer,
    refusals: [402, 409, 410],
  },
  async (tenant, { parameters, api }) => ({
    body: await send(tenant, api, (within) => resendInvitation(within, { id: parameters.invitationId ?? "" })),
  }),
);

/** Invitations and links of an organization. */
export const invitationEndpoints: readonly Endpoint[] = [list, read, createLink, revoke];

/** What sends mail. Whoever holds such a token counts as the reader of the mailbox, so none is ever in an answer. */
export const addressedInvitationEndpoints: readonly Endpoint[] = [create, createMany, resend];

/** The invitation and its mail commit together. */
async function send(
  tenant: Tenant<unknown>,
  api: ApiParts,
  make: (within: Tenant<unknown>) => Promise<NewInvitation>,
): Promise<Invitation> {
  return tenant.transaction(async (within) => {
    const created = await make(within);
    await api.onInvitation?.(within, created);
    return getInvitation(controlPlaneOf(within), created.invitation.id);
  });
}

async function sendOne(
  tenant: Tenant<unknown>,
  api: ApiParts,
  { invitation, token }: { invitation: Invitation | undefined; token: string | undefined },
): Promise<Invitation | undefined> {
  if (invitation === undefined || token === undefined) return undefined;
  await api.onInvitation?.(tenant, { invitation, token });
  return invitation;
}
