import { Command } from "commander";
import pg from "pg";
import { RowhouseError } from "rowhouse";
import { readPlan } from "../convert/plan-file/plan-file.ts";
import { chooseCustomers } from "../convert/stripe/choose-customers.ts";
import type { CustomerMatch, CustomerMatches } from "../convert/stripe/match-customers.ts";
import { moveCustomers, restoreCustomers, type CustomerOutcome } from "../convert/stripe/move-customers.ts";
import { readCustomers, type CustomerClaim } from "../convert/stripe/read-customers.ts";
import { renderStripeReport } from "../convert/stripe/render-stripe-report.ts";
import { openStripe, type StripeAccount } from "../convert/stripe/stripe-account.ts";
import {
  hasCustomersTable,
  listCustomers,
  makeCustomersTable,
  planCustomers,
  recordSkipped,
} from "../convert/stripe/stripe-customers-table.ts";
import { parseDatabaseUrl, unreachable } from "../database/database-url.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly plan: string;
  readonly stripeCustomer?: string;
  readonly url?: string;
  readonly choose: ReadonlyMap<string, string>;
  readonly skipStripe?: boolean;
  readonly dryRun?: boolean;
  readonly rollback?: boolean;
  readonly yes?: boolean;
}

export function convertStripeCommand(context: CommandContext): Command {
  const { settings, print } = context;
  return new Command("stripe")
    .description(
      "Moves Stripe customers and their subscriptions from users to organizations: in the database, and in the metadata at Stripe. Goes on where it stopped. Ends with 1 when Stripe refused one, or knows none.",
    )
    .requiredOption("--plan <file>", "the plan of the conversion")
    .option("--url <url>", "the database, as who ran the conversion; by default ROWHOUSE_DATABASE_URL")
    .option("--stripe-customer <table.column>", "where the customers are, by default what the plan says")
    .option("--choose <slug=customer>", "which customer an organization keeps, again for each", parseChoice, new Map())
    .option("--skip-stripe", "write to the database and tell Stripe nothing; needs no key")
    .option("--dry-run", "say what would be done and change nothing")
    .option("--rollback", "give Stripe back what the metadata was")
    .option("--yes", "do not ask before a live key is used")
    .exitOverride()
    .action(async (flags: Flags) => {
      const plan = await readPlan(flags.plan);
      const stripe =
        flags.skipStripe === true ? undefined : openStripe({ key: settings.stripeKey, url: settings.stripeUrl });
      await assertWanted(stripe, flags, context);
      await withPool(flags.url ?? settings.databaseUrl, async (db) => {
        if (flags.rollback === true) return rollback({ db, stripe, context });
        const column = flags.stripeCustomer ?? plan.stripeCustomer ?? undefined;
        if (column === undefined)
          throw new RowhouseError(
            "INVALID_INPUT",
            "The plan names no column with Stripe's customers. Give --stripe-customer, as users.stripe_customer_id.",
          );
        const claims = await readCustomers(db, plan, column);
        const matches = await chooseCustomers(claims, {
          chosen: await choicesOf(db, claims, flags.choose),
          stripe,
          ask: context.ask,
        });
        if (flags.dryRun === true)
          return print(
            renderStripeReport(`${stripe?.mode ?? "skipped"}, dry run`, await preview(matches, stripe), matches),
          );
        await makeCustomersTable(db);
        await planCustomers(db, matches.matched);
        const outcomes =
          stripe === undefined
            ? await skip(db, matches.matched)
            : await moveCustomers({ db, stripe, report: context.report });
        finish(outcomes, renderStripeReport(stripe?.mode ?? "skipped", outcomes, matches), context);
      });
    });
}

function parseChoice(given: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [slug = "", customer = ""] = given.split("=");
  if (slug === "" || customer === "")
    throw new RowhouseError("INVALID_INPUT", `--choose was ${given}; it is organization=customer, as acme=cus_123.`);
  return new Map(before).set(slug, customer);
}

async function assertWanted(
  stripe: StripeAccount | undefined,
  { yes, dryRun }: Flags,
  { ask }: CommandContext,
): Promise<void> {
  if (stripe?.mode !== "live" || yes === true || dryRun === true) return;
  if (ask === undefined)
    throw new RowhouseError(
      "INVALID_INPUT",
      "The key is a live one: customers who pay would change. Give --yes to go on, or --dry-run to look first.",
    );
  const answer = await ask("The key is a live one: metadata of customers who pay will change. Go on? [y/N] ");
  if (answer?.trim().toLowerCase() !== "y") throw new RowhouseError("CANCELED", "Stopped. Nothing was changed.");
}

/** What was chosen in an earlier run stays chosen, unless it is chosen otherwise now. */
async function choicesOf(
  db: pg.Pool,
  claims: readonly CustomerClaim[],
  given: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const taken = new Set(given.values());
  const before = (await hasCustomersTable(db)) ? await listCustomers(db) : [];
  const kept = before.filter(
    ({ state, slug, customer }) =>
      state !== "restored" &&
      !given.has(slug) &&
      !taken.has(customer) &&
      claims.some((claim) => claim.slug === slug && claim.customer === customer),
  );
  return new Map([...kept.map(({ slug, customer }) => [slug, customer] as const), ...given]);
}

interface Going {
  readonly db: pg.Pool;
  readonly stripe: StripeAccount | undefined;
  readonly context: CommandContext;
}

async function rollback({ db, stripe, context }: Going): Promise<void> {
  if (stripe === undefined)
    throw new RowhouseError("INVALID_INPUT", "--rollback writes to Stripe and cannot go with --skip-stripe.");
  const outcomes = (await hasCustomersTable(db)) ? await restoreCustomers({ db, stripe, report: context.report }) : [];
  finish(outcomes, renderStripeReport(stripe.mode, outcomes), context);
}

async function preview(
  { matched }: CustomerMatches,
  stripe: StripeAccount | undefined,
): Promise<readonly CustomerOutcome[]> {
  const outcomes: CustomerOutcome[] = [];
  for (const { customer, slug } of matched) {
    const isThere = stripe === undefined || (await stripe.findCustomer(customer)) !== undefined;
    const subscriptions = stripe === undefined || !isThere ? 0 : (await stripe.listSubscriptions(customer)).length;
    outcomes.push({ customer, slug, state: isThere ? "planned" : "missing", subscriptions, problem: null });
  }
  return outcomes;
}

async function skip(db: pg.Pool, matched: readonly CustomerMatch[]): Promise<readonly CustomerOutcome[]> {
  await recordSkipped(db);
  return matched.map(({ customer, slug }) => ({ customer, slug, state: "skipped", subscriptions: 0, problem: null }));
}

function finish(outcomes: readonly CustomerOutcome[], text: string, { print, fail }: CommandContext): void {
  print(text);
  if (outcomes.some(({ state }) => state === "failed")) fail();
  if (outcomes.length === 0 || outcomes.some(({ state }) => state !== "missing")) return;
  print("Stripe knows none of these customers. Is the key that of another account, or a test key where they are live?");
  fail();
}

/** Not one connection: several customers are under way at once. */
async function withPool(url: string | undefined, work: (db: pg.Pool) => Promise<void>): Promise<void> {
  const db = new pg.Pool({
    connectionString: parseDatabaseUrl(url, "--url"),
    max: 4,
    application_name: "rowhouse convert",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement that comes next; unheard, the event would end the process.
  db.on("error", () => undefined);
  try {
    (await db.connect().catch((error: unknown) => Promise.reject(unreachable(error)))).release();
    await work(db);
  } finally {
    await db.end();
  }
}
