import { RowhouseError } from "rowhouse";
import type { CustomerClaim } from "./read-customers.ts";

/** An organization and its one customer. */
export interface CustomerMatch {
  readonly customer: string;
  readonly organization: string;
  readonly slug: string;
  readonly userKey: string | null;
}

/** Several organizations and customers that hang together: a person says which go with which. */
export interface CustomerConflict {
  readonly matches: readonly CustomerMatch[];
}

export interface CustomerMatches {
  readonly matched: readonly CustomerMatch[];
  readonly conflicts: readonly CustomerConflict[];
  /** Customers whose user has no organization yet. */
  readonly unowned: readonly CustomerClaim[];
  /** Left out because of what was chosen: they stay as they are at Stripe. */
  readonly left: readonly CustomerMatch[];
}

/**
 * Pure. Each organization has one customer and each customer one organization.
 *
 * @param chosen from a slug to its customer
 * @throws RowhouseError INVALID_INPUT for a choice that is none
 */
export function matchCustomers(claims: readonly CustomerClaim[], chosen: ReadonlyMap<string, string>): CustomerMatches {
  const unowned = claims.filter(({ organization }) => organization === null);
  const all = new Map<string, CustomerMatch>();
  for (const { customer, userKey, organization, slug } of claims)
    if (organization !== null && slug !== null && !all.has(`${organization} ${customer}`))
      all.set(`${organization} ${customer}`, { customer, organization, slug, userKey });
  let open = [...all.values()];
  const matched: CustomerMatch[] = [];
  for (const [slug, customer] of chosen) {
    const match = open.find((each) => each.slug === slug && each.customer === customer);
    if (match === undefined) throw refusal(slug, customer, [...all.values()]);
    matched.push(match);
    open = open.filter((each) => each !== match && !touches(each, match));
  }
  const groups = groupsOf(open);
  const alone = groups.flatMap((group) => (group.length === 1 ? group : []));
  const conflicts = groups.filter((group) => group.length > 1).map((matches) => ({ matches }));
  const kept = new Set([...matched, ...open]);
  return {
    matched: [...matched, ...alone],
    conflicts,
    unowned,
    left: [...all.values()].filter((each) => !kept.has(each)),
  };
}

function touches(one: CustomerMatch, other: CustomerMatch): boolean {
  return one.organization === other.organization || one.customer === other.customer;
}

function groupsOf(matches: readonly CustomerMatch[]): readonly (readonly CustomerMatch[])[] {
  const groupOf = new Map<string, CustomerMatch[]>();
  for (const match of matches) {
    const keys = [match.organization, match.customer];
    const found = new Set(keys.flatMap((key) => groupOf.get(key) ?? []).concat(match));
    const group = [...found];
    for (const each of group) {
      groupOf.set(each.organization, group);
      groupOf.set(each.customer, group);
    }
  }
  return [...new Set(groupOf.values())];
}

function refusal(slug: string, customer: string, all: readonly CustomerMatch[]): RowhouseError {
  const possible = all.filter((each) => each.slug === slug || each.customer === customer);
  const listed = possible.map((each) => `${each.slug}=${each.customer}`).join(", ") || "none";
  return new RowhouseError(
    "INVALID_INPUT",
    `--choose ${slug}=${customer} is no pair that is left to choose. What the database has of the two: ${listed}.`,
  );
}
