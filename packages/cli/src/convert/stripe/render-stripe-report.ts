import type { CustomerMatches } from "./match-customers.ts";
import type { CustomerOutcome } from "./move-customers.ts";

const words: Readonly<Record<CustomerOutcome["state"], string>> = {
  planned: "to be moved",
  skipped: "moved in the database; Stripe was not told",
  moved: "moved",
  missing: "deleted or unknown at Stripe",
  failed: "refused by Stripe",
  restored: "as it was",
};

/** A line for each customer, then what was left out and why. */
export function renderStripeReport(
  mode: string,
  outcomes: readonly CustomerOutcome[],
  matches?: CustomerMatches,
): string {
  const lines = outcomes.map(({ customer, slug, state, subscriptions, problem }) => {
    const also = subscriptions === 0 ? "" : `, with ${subscriptions} subscription${subscriptions === 1 ? "" : "s"}`;
    return `${customer} -> ${slug}: ${words[state]}${also}${problem === null ? "" : ` (${problem})`}`;
  });
  const left = (matches?.left ?? []).map(
    ({ customer, slug }) => `${customer} -> ${slug}: left as it is, another was chosen`,
  );
  const unowned = (matches?.unowned ?? []).map(
    ({ customer, ownerKey }) =>
      `${customer}: left as it is, ${ownerKey} has no organization yet; run it again when there is one`,
  );
  const count = `${outcomes.length} customer${outcomes.length === 1 ? "" : "s"}`;
  return [`Stripe: ${mode}`, ...lines, ...left, ...unowned, `${count}.`].join("\n");
}
