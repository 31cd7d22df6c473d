import { z } from "zod";
import { roles } from "../../access/roles.ts";
import { changeRole } from "../../members/change-role.ts";
import { getMember } from "../../members/get-member.ts";
import { leave } from "../../members/leave.ts";
import { listMembers } from "../../members/list-members.ts";
import type { Member } from "../../members/member.ts";
import { removeMember } from "../../members/remove-member.ts";
import { restoreMember, suspendMember } from "../../members/suspend-member.ts";
import { transferOwnership } from "../../members/transfer-ownership.ts";
import type { Tenant } from "../../tenant/tenant.ts";
import type { ApiParts } from "../api-parts.ts";
import { organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { listQuery, pageOf } from "../list-query.ts";
import { readActorName, readMember } from "../read-member.ts";

const roleText = `Choose one of ${roles.join(", ")}.`;
export const roleInput = z.enum(roles, roleText);
export const reasonInput = z.string("Give text.").max(1000, "Use at most 1,000 characters.").optional();
const reasonBody = z.strictObject({ reason: reasonInput });

const memberAnswer = z
  .object({
    userId: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    status: z.enum(["active", "suspended"]),
    joinedAt: z.iso.datetime(),
  })
  .meta({ id: "Member" });

const list = organizationEndpoint(
  {
    method: "get",
    path: "/members",
    summary: "A page of the members",
    permission: "members:read",
    query: listQuery.safeExtend({
      role: roleInput.optional(),
      status: z.enum(["active", "suspended"], "Choose active or suspended.").optional(),
      sort: z.enum(["name", "newest", "oldest"], "Choose name, newest or oldest.").optional(),
    }),
    status: 200,
    answer: pageOf(memberAnswer),
  },
  async (tenant, { query }) => ({ body: await listMembers(tenant, query) }),
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "/members/{userId}",
    summary: "A member",
    permission: "members:read",
    status: 200,
    answer: memberAnswer,
  },
  async (tenant, { parameters }) => ({ body: await getMember(tenant, { userId: parameters.userId ?? "" }) }),
);

const change = organizationEndpoint(
  {
    method: "patch",
    path: "/members/{userId}",
    summary: "Give a member another role, at most one's own",
    permission: "members:update",
    body: z.strictObject({ role: roleInput, reason: reasonInput }),
    status: 200,
    answer: memberAnswer,
    refusals: [409],
  },
  (tenant, { parameters, body, api }) =>
    tenant.transaction(async (within) => {
      const userId = parameters.userId ?? "";
      const before = await readMember(within, userId);
      const member = await changeRole(within, { userId, ...body });
      if (member.role !== before?.role) await tellOfRole(within, api, member);
      return { body: member };
    }),
);

const suspend = organizationEndpoint(
  {
    method: "post",
    path: "/members/{userId}/suspend",
    summary: "Shut a member out, and their keys, without forgetting the role",
    permission: "members:update",
    body: reasonBody,
    status: 200,
    answer: memberAnswer,
    refusals: [409],
  },
  async (tenant, { parameters, body }) => ({
    body: await suspendMember(tenant, { userId: parameters.userId ?? "", ...body }),
  }),
);

const restore = organizationEndpoint(
  {
    method: "post",
    path: "/members/{userId}/restore",
    summary: "Let a suspended member in again",
    permission: "members:update",
    body: reasonBody,
    status: 200,
    answer: memberAnswer,
    refusals: [402],
  },
  async (tenant, { parameters, body }) => ({
    body: await restoreMember(tenant, { userId: parameters.userId ?? "", ...body }),
  }),
);

const remove = organizationEndpoint(
  {
    method: "delete",
    path: "/members/{userId}",
    summary: "End a membership, and the member's keys",
    permission: "members:remove",
    query: z.strictObject({ reason: reasonInput }),
    status: 204,
    refusals: [409],
  },
  (tenant, { parameters, query, api }) =>
    tenant.transaction(async (within) => {
      const userId = parameters.userId ?? "";
      const member = await readMember(within, userId);
      await removeMember(within, { userId, ...query });
      if (member !== undefined) await api.onMemberRemoved?.(within, member);
      return {};
    }),
);

const leaveOrganization = organizationEndpoint(
  {
    method: "post",
    path: "/leave",
    summary: "End one's own membership; the last owner cannot",
    permission: null,
    status: 204,
    refusals: [409],
  },
  async (tenant) => {
    await leave(tenant);
    return {};
  },
);

const transfer = organizationEndpoint(
  {
    method: "post",
    path: "/transfer-ownership",
    summary: "Make another member owner and oneself admin; for owners, in person",
    permission: null,
    body: z.strictObject({ userId: z.uuid("Give a member's id."), reason: reasonInput }),
    status: 204,
    refusals: [409],
  },
  (tenant, { body: { userId, reason }, api }) =>
    tenant.transaction(async (within) => {
      await transferOwnership(within, { toUserId: userId, reason });
      await tellOfRole(within, api, await readMember(within, userId));
      return {};
    }),
);

async function tellOfRole(tenant: Tenant<unknown>, api: ApiParts, member: Member | undefined): Promise<void> {
  if (api.onRoleChanged === undefined || member === undefined) return;
  await api.onRoleChanged(tenant, { member, actorName: await readActorName(tenant) });
}

/** The people of an organization. */
export const memberEndpoints: readonly Endpoint[] = [
  list,
  read,
  change,
  suspend,
  restore,
  remove,
  leaveOrganization,
  transfer,
];
