import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { isRowhouseError, type ErrorCode } from "rowhouse";
import type { ReactNode } from "react";
import { Forbidden } from "@/organizations/forbidden";
import { RoleOfNow } from "@/organizations/role-of-now";
import { Suspended } from "@/organizations/suspended";
import { isFormerSlug, redirectToCurrentSlug } from "./current-address";
import { permissions, type Permission } from "./permissions";
import { currentUser, requireUser } from "./session";
import { tenancy, type Tenant } from "./tenancy";

export type { Permission };

interface PageInput<P> {
  readonly params: Promise<P>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What is wrong with an address: no such organization, or a cursor in its query that is none of ours. */
const unknownAddress: ReadonlySet<ErrorCode> = new Set(["NOT_FOUND", "INVALID_INPUT", "INVALID_VALUE"]);

type Render<P, R> = (tenant: Tenant, input: PageInput<P>) => Promise<R>;

/**
 * A page of an organization. The organization comes from the address and is joined to the membership of whoever is
 * signed in: there is nothing to forget in the page itself. Unknown and foreign organizations are the same 404; of a
 * suspended one its members learn that it is.
 */
export function organizationPage<P extends { orgSlug: string }>(permission: Permission, render: Render<P, ReactNode>) {
  return async function OrganizationPage(input: PageInput<P>): Promise<ReactNode> {
    return enterPage(input, async (tenant) => (
      <RoleOfNow role={tenant.role} permissions={permissions.of(tenant.role)}>
        {tenant.can(permission) ? await render(tenant, input) : <Forbidden />}
      </RoleOfNow>
    ));
  };
}

/**
 * The same for a page's metadata. For a stranger it is empty and not a 404 of its own: the page answers that, and a
 * `notFound` from here would leave it without a title.
 */
export function organizationMetadata<P extends { orgSlug: string }>(permission: Permission, read: Render<P, Metadata>) {
  return async function generateMetadata(input: PageInput<P>): Promise<Metadata> {
    const user = await currentUser();
    if (user === undefined) return {};
    return enterOrElse(input, user.id, {
      work: async (tenant) =>
        tenant.can(permission) ? read(tenant, input) : { title: (await getTranslations("errors"))("forbidden") },
      otherwise: async () => ({ title: (await getTranslations("errors"))("notFound") }),
      suspended: async () => ({ title: (await getTranslations("errors"))("suspended") }),
    });
  };
}

async function enterPage<P extends { orgSlug: string }>(
  input: PageInput<P>,
  work: (tenant: Tenant) => Promise<ReactNode>,
): Promise<ReactNode> {
  const user = await requireUser();
  return enterOrElse(input, user.id, {
    work,
    otherwise: (slug) => (slug === undefined ? notFound() : redirectToCurrentSlug(slug)),
    suspended: async () => <Suspended />,
  });
}

interface Ways<R> {
  readonly work: (tenant: Tenant) => Promise<R>;
  /** With the slug of today, when the address has one that the organization has given up. */
  readonly otherwise: (currentSlug?: string) => Promise<R>;
  readonly suspended: () => Promise<R>;
}

async function enterOrElse<P extends { orgSlug: string }, R>(
  input: PageInput<P>,
  userId: string,
  { work, otherwise, suspended }: Ways<R>,
): Promise<R> {
  const { orgSlug } = await input.params;
  try {
    return await tenancy().enter({ organization: orgSlug, user: userId }, async (tenant) => {
      const { slug } = tenant.organization;
      if (slug === orgSlug) return work(tenant);
      return otherwise(isFormerSlug(orgSlug, slug) ? slug : undefined);
    });
  } catch (error) {
    if (isRowhouseError(error) && unknownAddress.has(error.code)) return otherwise();
    if (isRowhouseError(error, "ORGANIZATION_SUSPENDED")) return suspended();
    throw error;
  }
}
