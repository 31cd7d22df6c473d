import { RowhouseError } from "rowhouse";
import type { Ask } from "../../ask-at-terminal.ts";
import { matchCustomers, type CustomerConflict, type CustomerMatch, type CustomerMatches } from "./match-customers.ts";
import type { CustomerClaim } from "./read-customers.ts";
import type { StripeAccount } from "./stripe-account.ts";

interface Given {
  /** From a slug to its customer. */
  readonly chosen: ReadonlyMap<string, string>;
  /** Undefined where Stripe is not asked. */
  readonly stripe: StripeAccount | undefined;
  /** Undefined where nobody can be asked. */
  readonly ask: Ask | undefined;
}

/**
 * One customer for each organization. Where there are more, a person says which; the one with the newest active subscription is proposed.
 *
 * @throws RowhouseError INVALID_INPUT when something is left to choose and nobody is there; the message has the flags to give
 */
export async function chooseCustomers(
  claims: readonly CustomerClaim[],
  { chosen, stripe, ask }: Given,
): Promise<CustomerMatches> {
  const choices = new Map(chosen);
  for (;;) {
    const matches = matchCustomers(claims, choices);
    const [first] = matches.conflicts;
    if (first === undefined) return matches;
    if (ask === undefined) throw await unanswered(matches.conflicts, stripe);
    const proposed = await propose(first, stripe);
    const answer = await ask(
      `${describe(first)}\nWhich is right, as organization=customer? [${proposed.slug}=${proposed.customer}] `,
    );
    if (answer === undefined) throw new RowhouseError("CANCELED", "Stopped. Nothing was changed.");
    const [slug = "", customer = ""] =
      answer.trim() === "" ? [proposed.slug, proposed.customer] : answer.trim().split("=");
    if (first.matches.some((match) => match.slug === slug && match.customer === customer)) choices.set(slug, customer);
  }
}

async function unanswered(
  conflicts: readonly CustomerConflict[],
  stripe: StripeAccount | undefined,
): Promise<RowhouseError> {
  const lines: string[] = [];
  for (const conflict of conflicts) {
    const { slug, customer } = await propose(conflict, stripe);
    lines.push(`${describe(conflict)} Give --choose for the right ones, as --choose ${slug}=${customer}`);
  }
  return new RowhouseError(
    "INVALID_INPUT",
    `An organization has one customer, and a customer one organization.\n${lines.join("\n")}`,
  );
}

function describe({ matches }: CustomerConflict): string {
  return `These hang together: ${matches.map(({ slug, customer }) => `${slug}=${customer}`).join(", ")}.`;
}

async function propose({ matches }: CustomerConflict, stripe: StripeAccount | undefined): Promise<CustomerMatch> {
  const paying = new Map<string, number>();
  for (const customer of new Set(matches.map((match) => match.customer))) {
    const subscriptions =
      (await stripe?.findCustomer(customer)) === undefined ? [] : await stripe?.listSubscriptions(customer);
    const created = (subscriptions ?? []).filter(({ isActive }) => isActive).map((each) => each.created);
    paying.set(customer, Math.max(-1, ...created));
  }
  const since = ({ customer }: CustomerMatch): number => paying.get(customer) ?? -1;
  const [newest] = [...matches].sort((one, other) => since(other) - since(one));
  if (newest === undefined) throw new TypeError("A conflict has at least two pairs.");
  return newest;
}
