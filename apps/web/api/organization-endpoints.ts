import { renameOrganization, roles } from "rowhouse";
import { z } from "zod";
import { organizationInput } from "@/organizations/inputs";
import { tenancy } from "@/tenancy/tenancy";
import { organizationEndpoint, userEndpoint, type Endpoint } from "./endpoint";

export const organizationAnswer = z
  .object({ id: z.uuid(), slug: z.string(), name: z.string() })
  .meta({ id: "Organization" });

export const organizationWithRole = z
  .object({ ...organizationAnswer.shape, role: z.enum(roles).meta({ description: "The caller's role in it." }) })
  .meta({ id: "OrganizationWithRole" });

const create = userEndpoint(
  {
    method: "post",
    path: "/organizations",
    summary: "Make an organization and own it",
    body: organizationInput,
    status: 201,
    answer: organizationWithRole,
    refusals: [409],
  },
  async (user, { body }) => {
    const { id, slug, name } = await tenancy().createOrganization({
      name: body.name,
      user: user.id,
      profile: { name: user.name, email: user.email },
    });
    return { body: { id, slug, name, role: "owner" }, location: `/organizations/${slug}` };
  },
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "",
    summary: "An organization",
    permission: "organization:read",
    status: 200,
    answer: organizationWithRole,
  },
  async ({ organization, role }) => ({ body: { ...organization, role } }),
);

const rename = organizationEndpoint(
  {
    method: "patch",
    path: "",
    summary: "Rename the organization; its slug stays",
    permission: "organization:update",
    body: organizationInput,
    status: 200,
    answer: organizationWithRole,
  },
  async (tenant, { body }) => ({ body: { ...(await renameOrganization(tenant, body)), role: tenant.role } }),
);

/** Organizations of the caller. */
export const organizationEndpoints: readonly Endpoint[] = [create, read, rename];
