import { containsText } from "../database/contains-text.ts";
import { pageByCursor, type CursorInput, type Page } from "../database/page-by-cursor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { domainColumns, readDomain, toDomain, type Domain } from "./domain.ts";

export interface ListDomainsInput extends CursorInput {
  /** Part of a domain. */
  readonly search?: string | undefined;
}

/**
 * A page of the organization's domains, by name.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT for a cursor or limit that cannot be
 */
export async function listDomains<DB, P extends string>(
  tenant: Tenant<DB, P | "domains:read">,
  input: ListDomainsInput = {},
): Promise<Page<Domain>> {
  tenant.assertCan("domains:read");
  let query = controlPlaneOf(tenant)
    .selectFrom("rowhouse.domains as t")
    .select(domainColumns)
    .select("t.domain as key");
  const text = input.search?.trim();
  if (text) query = query.where("t.domain", "ilike", containsText(text));
  const page = await pageByCursor(query, { order: { column: "domain", direction: "asc" }, cursor: input });
  return { ...page, items: page.items.map(toDomain) };
}

/** @throws RowhouseError FORBIDDEN, NOT_FOUND */
export async function getDomain<DB, P extends string>(
  tenant: Tenant<DB, P | "domains:read">,
  input: { readonly id: string },
): Promise<Domain> {
  tenant.assertCan("domains:read");
  return toDomain(await readDomain(tenant, input.id));
}
