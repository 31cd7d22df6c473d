import { z } from "zod";
import {
  changeServiceAccountRole,
  disableServiceAccount,
  enableServiceAccount,
  renameServiceAccount,
} from "../../service-accounts/change-service-account.ts";
import { createServiceAccount } from "../../service-accounts/create-service-account.ts";
import { getServiceAccount, listServiceAccounts } from "../../service-accounts/list-service-accounts.ts";
import { organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { listQuery, pageOf } from "../list-query.ts";
import { reasonInput } from "./member-endpoints.ts";

const machineRoles = ["admin", "member", "viewer"] as const;
const role = z.enum(machineRoles, "Choose admin, member or viewer.");
const name = z.string("Enter a name.").max(10_000, "Use at most 100 characters.");

const accountAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(machineRoles),
    status: z.enum(["active", "disabled"]),
    createdBy: z.uuid(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "ServiceAccount" });

const list = organizationEndpoint(
  {
    method: "get",
    path: "/service-accounts",
    summary: "A page of the service accounts, by name",
    permission: "service-accounts:read",
    query: listQuery.safeExtend({
      status: z.enum(["active", "disabled"], "Choose active or disabled.").optional(),
    }),
    status: 200,
    answer: pageOf(accountAnswer),
  },
  async (tenant, { query }) => ({ body: await listServiceAccounts(tenant, query) }),
);

const create = organizationEndpoint(
  {
    method: "post",
    path: "/service-accounts",
    summary: "Make a service account",
    permission: "service-accounts:create",
    body: z.strictObject({ name, role }),
    status: 201,
    answer: accountAnswer,
    refusals: [409],
  },
  async (tenant, { body }) => {
    const account = await createServiceAccount(tenant, body);
    return { body: account, location: `/service-accounts/${account.id}` };
  },
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "/service-accounts/{serviceAccountId}",
    summary: "A service account",
    permission: "service-accounts:read",
    status: 200,
    answer: accountAnswer,
  },
  async (tenant, { parameters }) => ({ body: await getServiceAccount(tenant, idOf(parameters)) }),
);

const change = organizationEndpoint(
  {
    method: "patch",
    path: "/service-accounts/{serviceAccountId}",
    summary: "Change the name, the role or both",
    permission: "service-accounts:update",
    body: z
      .strictObject({ name: name.optional(), role: role.optional(), reason: reasonInput })
      .refine((given) => given.name !== undefined || given.role !== undefined, {
        path: ["name"],
        message: "Give a name or a role.",
      }),
    status: 200,
    answer: accountAnswer,
    refusals: [409],
  },
  (tenant, { parameters, body: { name: called, role: given, reason } }) =>
    tenant.transaction(async (within) => {
      const id = idOf(parameters);
      if (called !== undefined) await renameServiceAccount(within, { ...id, name: called, reason });
      if (given !== undefined) await changeServiceAccountRole(within, { ...id, role: given, reason });
      return { body: await getServiceAccount(within, id) };
    }),
);

const disable = organizationEndpoint(
  {
    method: "post",
    path: "/service-accounts/{serviceAccountId}/disable",
    summary: "Take all power from its keys, without forgetting them",
    permission: "service-accounts:update",
    body: z.strictObject({ reason: reasonInput }),
    status: 200,
    answer: accountAnswer,
  },
  async (tenant, { parameters, body }) => ({
    body: await disableServiceAccount(tenant, { ...idOf(parameters), ...body }),
  }),
);

const enable = organizationEndpoint(
  {
    method: "post",
    path: "/service-accounts/{serviceAccountId}/enable",
    summary: "Give its keys their power again",
    permission: "service-accounts:update",
    body: z.strictObject({ reason: reasonInput }),
    status: 200,
    answer: accountAnswer,
  },
  async (tenant, { parameters, body }) => ({
    body: await enableServiceAccount(tenant, { ...idOf(parameters), ...body }),
  }),
);

function idOf({ serviceAccountId = "" }: Readonly<Record<string, string>>): { readonly serviceAccountId: string } {
  return { serviceAccountId };
}

/** Members that are machines. */
export const serviceAccountEndpoints: readonly Endpoint[] = [list, create, read, change, disable, enable];
