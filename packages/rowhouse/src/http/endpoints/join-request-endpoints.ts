import { validate as isUuid } from "uuid";
import { z } from "zod";
import { approveJoinRequest, declineJoinRequest } from "../../domains/decide-join-request.ts";
import { listJoinRequests } from "../../domains/list-join-requests.ts";
import { RowhouseError } from "../../errors.ts";
import { organizationEndpoint, userEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { listQuery, pageOf } from "../list-query.ts";
import { roleInput } from "./member-endpoints.ts";
import { organizationAnswer, organizationWithRole } from "./organization-endpoints.ts";

const requestAnswer = z
  .object({
    userId: z.uuid(),
    name: z.string(),
    email: z.string(),
    status: z.enum(["open", "approved", "declined"]),
    createdAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "JoinRequest" });

const list = organizationEndpoint(
  {
    method: "get",
    path: "/join-requests",
    summary: "A page of the open requests to join, oldest first",
    permission: "members:update",
    query: listQuery,
    status: 200,
    answer: pageOf(requestAnswer),
  },
  async (tenant, { query }) => ({ body: await listJoinRequests(tenant, query) }),
);

const approve = organizationEndpoint(
  {
    method: "post",
    path: "/join-requests/{userId}/approve",
    summary: "Let somebody in who asked",
    permission: "members:update",
    body: z.strictObject({ role: roleInput.optional() }),
    status: 200,
    answer: requestAnswer,
    refusals: [402, 409, 410],
  },
  async (tenant, { parameters, body }) => ({
    body: await approveJoinRequest(tenant, { userId: userIdOf(parameters), ...body }),
  }),
);

const decline = organizationEndpoint(
  {
    method: "post",
    path: "/join-requests/{userId}/decline",
    summary: "Say no; the person may ask again a week later",
    permission: "members:update",
    status: 200,
    answer: requestAnswer,
    refusals: [410],
  },
  async (tenant, { parameters }) => ({ body: await declineJoinRequest(tenant, { userId: userIdOf(parameters) }) }),
);

const listJoinable = userEndpoint(
  {
    method: "get",
    path: "/joinable",
    summary: "Organizations that take people from the domain of the caller's verified address",
    status: 200,
    answer: z.object({
      items: z.array(
        z.object({
          organization: organizationAnswer,
          domain: z.string(),
          way: z.enum(["join", "ask"]),
          role: z.enum(["member", "viewer"]),
          request: z.enum(["none", "open", "declined"]),
        }),
      ),
    }),
  },
  async (user, { api }) => ({ body: { items: await api.tenancy.domains.findJoinable({ user }) } }),
);

const join = userEndpoint(
  {
    method: "post",
    path: "/joinable/{orgSlug}/join",
    summary: "Become a member by the domain of one's verified address",
    status: 200,
    answer: organizationWithRole,
    refusals: [402, 404],
  },
  async (user, { parameters, api, origin }) => {
    const asked = { user, organization: parameters.orgSlug ?? "", origin };
    const { organization, role } = await api.tenancy.domains.join(asked);
    return { body: { ...organization, role } };
  },
);

const ask = userEndpoint(
  {
    method: "post",
    path: "/joinable/{orgSlug}/request",
    summary: "Ask to be let in; somebody there decides",
    status: 200,
    answer: z.object({ organization: organizationAnswer, request: z.literal("open") }),
    refusals: [404, 409],
  },
  async (user, { parameters, api, origin }) => ({
    body: await api.tenancy.domains.requestToJoin({ user, organization: parameters.orgSlug ?? "", origin }),
  }),
);

/** What is no id is nobody's request. */
function userIdOf({ userId }: Readonly<Record<string, string>>): string {
  if (userId !== undefined && isUuid(userId)) return userId;
  throw new RowhouseError("NOT_FOUND", "There is no such request.");
}

/** Who may come by a domain. */
export const joinRequestEndpoints: readonly Endpoint[] = [list, approve, decline, listJoinable, join, ask];
