import { notFound } from "next/navigation";
import { cache } from "react";
import { isRowhouseError, type Organization, type Role } from "rowhouse";
import { logoHref } from "@/organization-settings/logo-href";
import { isFormerSlug, redirectToCurrentSlug } from "./current-address";
import { permissions, type Permission } from "./permissions";
import { requireUser, type SessionUser } from "./session";
import { tenancy } from "./tenancy";

/** What the frame around an organization's pages shows. Plain data: it goes to the browser. */
export interface Viewer {
  readonly user: SessionUser;
  readonly organization: Organization;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly organizations: readonly {
    readonly slug: string;
    readonly name: string;
    readonly role: Role;
    /** Its address, or `null`. */
    readonly logo: string | null;
  }[];
}

/**
 * Redirects people who are not signed in, and addresses with a slug of before; 404 for an organization that is not theirs.
 * Read once a request.
 */
export const getViewer = cache(async (orgSlug: string): Promise<Viewer> => {
  const user = await requireUser();
  const memberships = await tenancy().listOrganizations(user.id);
  const current = memberships.find(({ organization }) => organization.slug === orgSlug);
  if (current === undefined) return leaveUnknown(orgSlug);
  return {
    user,
    organization: current.organization,
    role: current.role,
    permissions: permissions.of(current.role),
    organizations: memberships.map(({ organization: { slug, name }, role, logoKey }) => ({
      slug,
      name,
      role,
      logo: logoHref({ slug, logoKey }),
    })),
  };
});

async function leaveUnknown(orgSlug: string): Promise<never> {
  const organization = await currentOrganization(orgSlug);
  if (organization === undefined || !isFormerSlug(orgSlug, organization.slug)) notFound();
  return redirectToCurrentSlug(organization.slug);
}

/** The organization of this request with the viewer's role, or `undefined` when it is unknown or suspended. */
export async function currentOrganization(
  orgSlug: string,
): Promise<(Organization & { readonly role: Role }) | undefined> {
  try {
    const user = await requireUser();
    return await tenancy().enter({ organization: orgSlug, user: user.id }, async ({ organization, role }) => ({
      ...organization,
      role,
    }));
  } catch (error) {
    if (isRowhouseError(error, "NOT_FOUND") || isRowhouseError(error, "ORGANIZATION_SUSPENDED")) return undefined;
    throw error;
  }
}
