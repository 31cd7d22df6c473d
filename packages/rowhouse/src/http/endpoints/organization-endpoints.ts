import { z } from "zod";
import { roles } from "../../access/roles.ts";
import { changeSlug, checkSlug } from "../../organizations/change-slug.ts";
import {
  getOrganizationProfile,
  updateOrganization,
  type OrganizationProfile,
} from "../../organizations/update-organization.ts";
import type { Tenant } from "../../tenant/tenant.ts";
import { organizationEndpoint, userEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";

const role = z.enum(roles).meta({ description: "The caller's role in it." });
const name = z.string("Enter a name.").max(10_000, "Use at most 100 characters.");
const slug = z.string("Enter a slug.").max(200, "Use at most 48 characters.");

/** An organization as lists and switchers show it. */
export const organizationAnswer = z
  .object({ id: z.uuid(), slug: z.string(), name: z.string() })
  .meta({ id: "Organization" });

export const organizationWithRole = z
  .object({ ...organizationAnswer.shape, role })
  .meta({ id: "OrganizationWithRole" });

const profileAnswer = z
  .object({
    ...organizationAnswer.shape,
    description: z.string(),
    hasLogo: z.boolean(),
    role,
  })
  .meta({ id: "OrganizationProfile" });

const list = userEndpoint(
  {
    method: "get",
    path: "/organizations",
    summary: "The organizations of the caller",
    status: 200,
    answer: z.object({ items: z.array(organizationWithRole) }),
  },
  async ({ id }, { api }) => {
    const memberships = await api.tenancy.listOrganizations(id);
    return {
      body: { items: memberships.map((membership) => ({ ...membership.organization, role: membership.role })) },
    };
  },
);

const create = userEndpoint(
  {
    method: "post",
    path: "/organizations",
    summary: "Make an organization and own it",
    body: z.strictObject({ name }),
    status: 201,
    answer: organizationWithRole,
    refusals: [409],
  },
  async (person, { body, api, origin }) => {
    const profile = { name: person.name, email: person.email };
    const made = await api.tenancy.createOrganization({ name: body.name, user: person.id, profile, origin });
    const organization = { id: made.id, slug: made.slug, name: made.name };
    return { body: { ...organization, role: "owner" }, location: `/organizations/${made.slug}` };
  },
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "",
    summary: "The organization",
    permission: "organization:read",
    status: 200,
    answer: profileAnswer,
  },
  async (tenant) => ({ body: toProfile(await getOrganizationProfile(tenant), tenant) }),
);

const update = organizationEndpoint(
  {
    method: "patch",
    path: "",
    summary: "Change the name, the description or both; the slug stays",
    permission: "organization:update",
    body: z
      .strictObject({
        name: name.optional(),
        description: z.string("Give text.").max(10_000, "Use at most 500 characters.").optional(),
      })
      .refine((change) => Object.keys(change).length > 0, { path: ["name"], message: "Give a name or a description." }),
    status: 200,
    answer: profileAnswer,
  },
  async (tenant, { body }) => ({ body: toProfile(await updateOrganization(tenant, body), tenant) }),
);

const readSlug = organizationEndpoint(
  {
    method: "get",
    path: "/slug",
    summary: "Whether the organization could take a slug now",
    permission: "organization:update",
    query: z.strictObject({ slug }),
    status: 200,
    answer: z.object({ slug: z.string(), state: z.enum(["free", "yours", "taken", "reserved", "malformed"]) }),
  },
  async (tenant, { query }) => {
    const asked = query.slug.trim().toLowerCase();
    return { body: { slug: asked, state: await checkSlug(tenant, asked) } };
  },
);

const putSlug = organizationEndpoint(
  {
    method: "put",
    path: "/slug",
    summary: "Take another slug; the old one keeps leading here",
    permission: "organization:update",
    body: z.strictObject({ slug }),
    status: 200,
    answer: organizationAnswer,
    refusals: [409],
  },
  async (tenant, { body }) => ({ body: await changeSlug(tenant, body) }),
);

/** The organization itself, and those of the caller. */
export const organizationEndpoints: readonly Endpoint[] = [list, create, read, update, readSlug, putSlug];

function toProfile(profile: OrganizationProfile, tenant: Tenant<unknown>) {
  const { id, slug: current, name: called, description, logoKey } = profile;
  return { id, slug: current, name: called, description, hasLogo: logoKey !== null, role: tenant.role };
}
