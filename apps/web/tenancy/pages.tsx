import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isRowhouseError } from "rowhouse";
import type { ReactNode } from "react";
import { Forbidden } from "@/organizations/forbidden";
import type { Permission } from "./permissions";
import { requireUser } from "./session";
import { tenancy, type Tenant } from "./tenancy";

export type { Permission };

interface PageInput<P> {
  readonly params: Promise<P>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

type Render<P, R> = (tenant: Tenant, input: PageInput<P>) => Promise<R>;

/**
 * A page of an organization. The organization comes from the address and is joined to the membership of whoever is
 * signed in: there is nothing to forget in the page itself. Unknown and foreign organizations are the same 404.
 */
export function organizationPage<P extends { orgSlug: string }>(permission: Permission, render: Render<P, ReactNode>) {
  return async function OrganizationPage(input: PageInput<P>): Promise<ReactNode> {
    return enterPage(input, async (tenant) => (tenant.can(permission) ? render(tenant, input) : <Forbidden />));
  };
}

/** The same for a page's metadata. */
export function organizationMetadata<P extends { orgSlug: string }>(permission: Permission, read: Render<P, Metadata>) {
  return async function generateMetadata(input: PageInput<P>): Promise<Metadata> {
    return enterPage(input, async (tenant) => (tenant.can(permission) ? read(tenant, input) : { title: "Not allowed" }));
  };
}

async function enterPage<P extends { orgSlug: string }, R>(input: PageInput<P>, work: (tenant: Tenant) => Promise<R>): Promise<R> {
  const user = await requireUser();
  const { orgSlug } = await input.params;
  try {
    return await tenancy().enter({ organization: orgSlug, user: user.id }, async (tenant) => {
      assertCanonical(orgSlug, tenant);
      return work(tenant);
    });
  } catch (error) {
    if (isRowhouseError(error, "NOT_FOUND")) notFound();
    throw error;
  }
}

/** The library also finds organizations by id; an address has one form only. */
function assertCanonical(orgSlug: string, tenant: Tenant): void {
  if (tenant.organization.slug !== orgSlug) notFound();
}
