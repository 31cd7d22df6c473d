import Stripe from "stripe";
import { RowhouseError } from "rowhouse";
import { callInTurn } from "./call-in-turn.ts";

/** A customer or subscription, as much as a move needs. */
export interface StripeObject {
  readonly kind: "customer" | "subscription";
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** A subscription that is over: Stripe may refuse to change it, and nobody pays by it. */
  readonly hasEnded: boolean;
}

export interface StripeSubscription extends StripeObject {
  readonly isActive: boolean;
  readonly created: number;
}

/** The calls of a move. All of them wait for their turn and for Stripe's. */
export interface StripeAccount {
  readonly mode: "test" | "live";
  /** Undefined when it is deleted or unknown. */
  findCustomer(id: string): Promise<StripeObject | undefined>;
  listSubscriptions(customer: string): Promise<readonly StripeSubscription[]>;
  /**
   * An empty value takes an entry away; entries that are not named stay. The client makes a key for each call: one of our own would have Stripe
   * repeat an old answer, or an old failure, for a day, whatever the application wrote in between.
   */
  setMetadata(object: StripeObject, metadata: Readonly<Record<string, string>>): Promise<void>;
}

export interface StripeAccess {
  readonly key: string | undefined;
  /** Another address than Stripe's, as of a fake. */
  readonly url?: string | undefined;
  /** Stripe allows 25 a second in test mode and 100 in live mode, for the application and us together. */
  readonly requestsPerSecond?: number;
}

const ended = new Set<string>(["canceled", "incomplete_expired"]);
const active = new Set<string>(["active", "trialing", "past_due"]);

/** @throws RowhouseError INVALID_SETTINGS without a secret key */
export function openStripe({ key, url, requestsPerSecond = 20 }: StripeAccess): StripeAccount {
  const mode = modeOf(key);
  const { protocol, hostname, port } = new URL(url ?? "https://api.stripe.com");
  const stripe = new Stripe(key ?? "", {
    host: hostname,
    protocol: protocol === "http:" ? "http" : "https",
    ...(port === "" ? {} : { port }),
    maxNetworkRetries: 4,
    timeout: 30_000,
    telemetry: false,
  });
  const call = callInTurn(requestsPerSecond);
  return {
    mode,
    findCustomer: (id) =>
      unlessMissing(async () => {
        const customer = await call(() => stripe.customers.retrieve(id));
        return customer.deleted === true
          ? undefined
          : { kind: "customer", id, metadata: customer.metadata, hasEnded: false };
      }),
    listSubscriptions: async (customer) => {
      const found: StripeSubscription[] = [];
      for (let after: string | undefined, more = true; more; after = found.at(-1)?.id) {
        const from = after === undefined ? {} : { starting_after: after };
        const page = await call(() => stripe.subscriptions.list({ customer, status: "all", limit: 100, ...from }));
        for (const { id, metadata, status, created } of page.data)
          found.push({
            kind: "subscription",
            id,
            metadata,
            isActive: active.has(status),
            hasEnded: ended.has(status),
            created,
          });
        more = page.has_more && page.data.length > 0;
      }
      return found;
    },
    setMetadata: async ({ kind, id }, metadata) => {
      const given = { metadata: { ...metadata } };
      if (kind === "customer") await call(() => stripe.customers.update(id, given));
      else await call(() => stripe.subscriptions.update(id, given));
    },
  };
}

/** Stripe says no to what was asked, and would again: another customer may still go well. */
export function isRefused(error: unknown): error is Error {
  return error instanceof Stripe.errors.StripeInvalidRequestError;
}

/** Any other way in which a call of Stripe's ended. */
export function isUnanswered(error: unknown): error is Error {
  return error instanceof Stripe.errors.StripeError;
}

function modeOf(key: string | undefined): StripeAccount["mode"] {
  const mode = /^(?:sk|rk)_(test|live)_/.exec(key ?? "")?.[1];
  if (mode === "test" || mode === "live") return mode;
  const problem =
    key === undefined ? "There is no key for Stripe" : "ROWHOUSE_STRIPE_KEY is no secret or restricted key";
  throw new RowhouseError(
    "INVALID_SETTINGS",
    `${problem}. Set ROWHOUSE_STRIPE_KEY to one that begins with sk_ or rk_ and may write customers and subscriptions, or give --skip-stripe to move customers in the database alone.`,
  );
}

async function unlessMissing<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return undefined;
    throw error;
  }
}
