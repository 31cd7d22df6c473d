import type pg from "pg";
import { RowhouseError } from "rowhouse";
import { reasonOf } from "../../reason-of.ts";
import { isRefused, isUnanswered, type StripeAccount, type StripeObject } from "./stripe-account.ts";
import {
  keepPrevious,
  listCustomers,
  recordRestored,
  recordState,
  type MovedCustomer,
  type OwnerMetadata,
} from "./stripe-customers-table.ts";

/** How a run went, by customer. */
export interface CustomerOutcome {
  readonly customer: string;
  readonly slug: string;
  readonly state: MovedCustomer["state"];
  /** How many of its subscriptions are the organization's. */
  readonly subscriptions: number;
  /** Of a refusal. */
  readonly problem: string | null;
}

export interface MoveGiven {
  readonly db: pg.Pool;
  readonly stripe: StripeAccount;
  readonly report: (share: number, doing: string) => void;
}

const ownerEntries = ["organization_id", "organization_slug", "user_id"] as const;

/** As many customers at once; the rate is kept by the account. */
const lanes = 4;

/**
 * Tells Stripe of each planned customer whose it is, with its subscriptions. Killed anywhere, a second run finds what is left: what the
 * metadata was is kept before it is written, and what is as it should be is not written again.
 *
 * @throws RowhouseError API_UNREACHABLE when Stripe does not answer or refuses the key; what is done stays done
 */
export async function moveCustomers({ db, stripe, report }: MoveGiven): Promise<readonly CustomerOutcome[]> {
  const planned = (await listCustomers(db)).filter(({ state }) => state === "planned");
  return inLanes(planned, {
    report,
    work: (customer) => moveCustomer(customer, db, stripe),
    refused: (customer) => recordState(db, customer.customer, "failed"),
  });
}

/** Gives Stripe back what the metadata was. @throws RowhouseError API_UNREACHABLE */
export async function restoreCustomers({ db, stripe, report }: MoveGiven): Promise<readonly CustomerOutcome[]> {
  const touched = (await listCustomers(db)).filter(({ previous }) => Object.keys(previous).length > 0);
  return inLanes(touched, {
    report,
    work: (customer) => restoreCustomer(customer, db, stripe),
    refused: () => Promise.resolve(),
  });
}

async function moveCustomer(moved: MovedCustomer, db: pg.Pool, stripe: StripeAccount): Promise<CustomerOutcome> {
  const objects = await findObjects(moved.customer, stripe);
  if (objects === undefined) {
    await recordState(db, moved.customer, "missing");
    return outcome(moved, "missing", 0);
  }
  await keepPrevious(db, moved.customer, Object.fromEntries(objects.map((object) => [object.id, ownerIn(object)])));
  for (const object of objects) await write(object, { stripe, wanted: ownerOf(moved, object) });
  await recordState(db, moved.customer, "moved");
  return outcome(moved, "moved", objects.length - 1);
}

async function restoreCustomer(moved: MovedCustomer, db: pg.Pool, stripe: StripeAccount): Promise<CustomerOutcome> {
  const objects = (await findObjects(moved.customer, stripe)) ?? [];
  let subscriptions = 0;
  for (const object of objects) {
    const wanted = moved.previous[object.id];
    if (wanted === undefined) continue;
    await write(object, { stripe, wanted });
    if (object.kind === "subscription") subscriptions += 1;
  }
  await recordRestored(db, moved.customer);
  return outcome(moved, "restored", subscriptions);
}

async function findObjects(id: string, stripe: StripeAccount): Promise<readonly StripeObject[] | undefined> {
  const customer = await stripe.findCustomer(id);
  return customer === undefined ? undefined : [customer, ...(await stripe.listSubscriptions(id))];
}

interface Wanted {
  readonly stripe: StripeAccount;
  readonly wanted: OwnerMetadata;
}

async function write(object: StripeObject, { stripe, wanted }: Wanted): Promise<void> {
  const is = ownerIn(object);
  const changed = ownerEntries.filter((entry) => is[entry] !== wanted[entry]);
  if (changed.length === 0) return;
  const entries = Object.fromEntries(changed.map((entry) => [entry, wanted[entry] ?? ""]));
  try {
    await stripe.setMetadata(object, entries);
  } catch (error) {
    if (!isRefused(error) || !object.hasEnded) throw error;
  }
}

/** Where a team was the customer, the user stays who it was. */
function ownerOf({ organization, slug, userKey }: MovedCustomer, { metadata }: StripeObject): OwnerMetadata {
  return { organization_id: organization, organization_slug: slug, user_id: userKey ?? metadata["user_id"] ?? null };
}

function ownerIn({ metadata }: StripeObject): OwnerMetadata {
  const entry = (name: keyof OwnerMetadata): string | null => metadata[name] ?? null;
  return {
    organization_id: entry("organization_id"),
    organization_slug: entry("organization_slug"),
    user_id: entry("user_id"),
  };
}

function outcome(
  { customer, slug }: MovedCustomer,
  state: MovedCustomer["state"],
  subscriptions: number,
): CustomerOutcome {
  return { customer, slug, state, subscriptions, problem: null };
}

interface Lanes {
  readonly report: MoveGiven["report"];
  readonly work: (customer: MovedCustomer) => Promise<CustomerOutcome>;
  readonly refused: (customer: MovedCustomer) => Promise<void>;
}

async function inLanes(
  customers: readonly MovedCustomer[],
  { report, work, refused }: Lanes,
): Promise<readonly CustomerOutcome[]> {
  const outcomes: CustomerOutcome[] = [];
  const waiting = customers.values();
  let isStopped = false;
  const lane = async (): Promise<void> => {
    for (const moved of waiting) {
      if (isStopped) return;
      try {
        outcomes.push(await work(moved));
      } catch (error) {
        if (!isRefused(error)) {
          isStopped = true;
          throw asStop(error, outcomes.length, customers.length);
        }
        await refused(moved);
        outcomes.push({ ...outcome(moved, "failed", 0), problem: reasonOf(error) });
      }
      report(outcomes.length / customers.length, `${outcomes.length} of ${customers.length} customers`);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return outcomes.sort((one, other) => one.customer.localeCompare(other.customer));
}

function asStop(error: unknown, done: number, all: number): unknown {
  if (!isUnanswered(error)) return error;
  return new RowhouseError(
    "API_UNREACHABLE",
    `Stripe did not answer or did not let us in: ${reasonOf(error)}. ${done} of ${all} customers are done; run it again to go on.`,
    { cause: error },
  );
}
