import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { convertStripeCommand } from "../../../src/commands/convert-stripe.ts";
import { tableOf, writePlanOf } from "../orm/plan-of.ts";
import { addCustomer, startFakeStripe, type FakeStripe } from "./start-fake-stripe.ts";

const name = `cli_stripe_${process.pid}_${Date.now().toString(36)}`;
const databaseUrl = withDatabase(inject("postgresUrl"), name);
const key = "sk_test_fake";
const organization = (number: number) => `0190a0a0-0000-7000-8000-${String(number).padStart(12, "0")}`;
let db: pg.Client;
let fake: FakeStripe;
let plan: string;
/** Loads while the other tests run, and works once it is told where Stripe is. */
let child: ChildProcessByStdio<Writable, null, null>;

beforeAll(async () => {
  plan = await writePlanOf([tableOf("public.users", { class: "identity", derive: null })]);
  await ensureDatabase(inject("postgresUrl"), name);
  db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  await db.query(`create schema rowhouse; create schema rowhouse_convert;
    create table rowhouse.organizations (id uuid primary key, slug text not null unique);
    create table rowhouse_convert.owners (kind text, key text, user_id uuid, organization_id uuid, primary key (kind, key));
    create table users (id integer primary key, stripe_customer_id text)`);
  const main = fileURLToPath(new URL("move-in-child.ts", import.meta.url));
  const given = ["--conditions=rowhouse-source", "--import", import.meta.resolve("tsx"), main, databaseUrl, key, plan];
  child = spawn(process.execPath, given, { stdio: ["pipe", "ignore", "ignore"] });
});

beforeEach(async () => {
  fake = await startFakeStripe(key);
  await db.query(
    `drop table if exists rowhouse_convert.stripe_customers; truncate users, rowhouse_convert.owners, rowhouse.organizations`,
  );
});

afterEach(async () => fake[Symbol.asyncDispose]());

afterAll(async () => {
  child.kill("SIGKILL");
  await db.end();
  await dropDatabase(inject("postgresUrl"), name);
});

/** A user with an organization, and a customer at Stripe with as many subscriptions. */
async function addUser(number: number, customer: string, subscriptions = 0): Promise<void> {
  await db.query("insert into users values ($1, $2)", [number, customer]);
  await db.query("insert into rowhouse.organizations values ($1, $2)", [organization(number), `org-${number}`]);
  await db.query("insert into rowhouse_convert.owners values ('user', $1, $2, $2)", [
    String(number),
    organization(number),
  ]);
  addCustomer(fake, customer, subscriptions);
}

async function convert(
  given: readonly string[],
  settings: { stripeKey?: string; answers?: string[] } = { stripeKey: key },
) {
  const [printed, asked]: [string[], string[]] = [[], []];
  let code = 0;
  const { stripeKey, answers } = settings;
  const ask = answers && ((question: string) => Promise.resolve((asked.push(question), answers.shift())));
  const command = convertStripeCommand({
    settings: { databaseUrl, stripeKey, stripeUrl: fake.url, showStacks: false },
    print: (text) => printed.push(text),
    report: () => undefined,
    ask,
    fail: () => void (code = 1),
  });
  await command.parseAsync(["--plan", plan, ...given], { from: "user" });
  return { out: printed.join("\n"), code, asked };
}

async function states(): Promise<string> {
  const { rows } = await db.query<{ line: string }>(
    "select customer_id || ' ' || state as line from rowhouse_convert.stripe_customers order by 1",
  );
  return rows.map(({ line }) => line).join(", ");
}

function owner(number: number) {
  return { organization_id: organization(number), organization_slug: `org-${number}`, user_id: String(number) };
}

it("a customer and all of its subscriptions become the organization's, each written once, also through limits and broken connections", async () => {
  await addUser(1, "cus_a", 3);
  await addUser(2, "cus_b");
  const seen = new Set<string>();
  const first = (line: string) => !seen.has(line) && seen.add(line).size > 0;
  fake.trouble = (line, when) => {
    if (line.startsWith("POST") && when === "after" && first(`after ${line}`)) return "drop";
    if (when === "before" && first(line)) return line.includes("cus_b") ? "limit" : undefined;
    return undefined;
  };
  const { out, code } = await convert([]);
  expect(out).toBe("Stripe: test\ncus_a -> org-1: moved, with 3 subscriptions\ncus_b -> org-2: moved\n2 customers.");
  expect(code).toBe(0);
  expect(fake.effects).toHaveLength(5);
  expect(fake.objects.get("cus_a")?.metadata).toEqual({ plan: "pro", ...owner(1) });
  expect(fake.objects.get("sub_cus_a_3")?.metadata).toEqual(owner(1));
  expect(await states()).toBe("cus_a moved, cus_b moved");
  await convert([]);
  expect(fake.effects).toHaveLength(5);
});

it("a rollback gives back what the metadata was, and moving again works within the memory of Stripe's idempotency keys", async () => {
  await addUser(1, "cus_a", 1);
  await convert([]);
  expect((await convert(["--rollback"])).out).toContain("cus_a -> org-1: as it was, with 1 subscription");
  expect(fake.objects.get("cus_a")?.metadata).toEqual({ plan: "pro", user_id: "old" });
  expect(fake.objects.get("sub_cus_a_1")?.metadata).toEqual({});
  await convert([]);
  expect(fake.objects.get("cus_a")?.metadata).toEqual({ plan: "pro", ...owner(1) });
});

it("a customer that is deleted or unknown is reported, one that Stripe refuses ends with 1, and the others are moved", async () => {
  for (const [at, customer] of ["cus_deleted", "cus_full", "cus_good", "cus_unknown"].entries())
    await addUser(at + 1, customer);
  fake.objects.delete("cus_unknown");
  fake.objects.set("cus_deleted", { id: "cus_deleted", object: "customer", created: 1, deleted: true, metadata: {} });
  fake.trouble = (line) => (line === "POST /v1/customers/cus_full" ? "refuse" : undefined);
  const { out, code } = await convert([]);
  expect(out).toContain("cus_full -> org-2: refused by Stripe (Refused: metadata_full)");
  expect(await states()).toBe("cus_deleted missing, cus_full failed, cus_good moved, cus_unknown missing");
  expect(code).toBe(1);
});

it("a subscription that is over may stay as it is; a key that knows no customer at all ends with 1 and says what may be wrong", async () => {
  await addUser(1, "cus_a", 2);
  const over = fake.objects.get("sub_cus_a_1");
  fake.objects.set("sub_cus_a_1", {
    id: "sub_cus_a_1",
    object: "subscription",
    created: 1,
    ...over,
    metadata: {},
    status: "canceled",
  });
  const { out, code } = await convert([]);
  expect([out, code]).toEqual([expect.stringContaining("cus_a -> org-1: moved"), 0]);
  expect(fake.objects.get("sub_cus_a_2")?.metadata).toEqual(owner(1));
  await addUser(2, "cus_live");
  fake.objects.clear();
  expect(await convert([])).toMatchObject({ code: 1, out: expect.stringContaining("Stripe knows none") as string });
});

it("what the application wrote over before a second run is written again, also within the memory of Stripe's idempotency keys", async () => {
  await addUser(1, "cus_a");
  await convert([]);
  await db.query("update rowhouse_convert.stripe_customers set state = 'planned'");
  addCustomer(fake, "cus_a");
  await convert([]);
  expect(fake.objects.get("cus_a")?.metadata).toEqual({ plan: "pro", ...owner(1) });
});

it("without a key, with one that Stripe does not know and with a live one that nobody agreed to, nothing is changed", async () => {
  await addUser(1, "cus_a");
  await expect(convert([], {})).rejects.toMatchObject({
    code: "INVALID_SETTINGS",
    message: expect.stringContaining("--skip-stripe") as string,
  });
  await expect(convert([], { stripeKey: "pk_test_fake" })).rejects.toMatchObject({ code: "INVALID_SETTINGS" });
  await expect(convert([], { stripeKey: "sk_live_fake" })).rejects.toThrow(/The key is a live one/);
  await expect(convert([], { stripeKey: "sk_live_fake", answers: ["n"] })).rejects.toMatchObject({ code: "CANCELED" });
  await expect(convert([], { stripeKey: "sk_test_other" })).rejects.toThrow();
  expect(fake.effects).toEqual([]);
});

it("a dry run asks Stripe and writes nowhere; a run without Stripe writes to the database, and one with a key goes on from there", async () => {
  await addUser(1, "cus_a", 1);
  expect((await convert(["--dry-run"])).out).toContain(
    "Stripe: test, dry run\ncus_a -> org-1: to be moved, with 1 subscription",
  );
  const { rows } = await db.query("select to_regclass('rowhouse_convert.stripe_customers') as made");
  expect(rows).toEqual([{ made: null }]);
  await convert(["--skip-stripe"], {});
  expect([await states(), fake.effects.length]).toEqual(["cus_a skipped", 0]);
  await convert([]);
  expect([await states(), fake.effects.length]).toEqual(["cus_a moved", 2]);
});

it("one customer for two users, or two for one organization, is asked; the newest active subscription is proposed, and an answer lasts", async () => {
  await addUser(1, "cus_a", 1);
  await db.query("insert into users values (2, 'cus_b'), (3, 'cus_a'), (4, 'cus_late')");
  await db.query("insert into rowhouse_convert.owners values ('user', '2', $1, $1), ('user', '3', $2, $2)", [
    organization(1),
    organization(3),
  ]);
  await db.query("insert into rowhouse.organizations values ($1, 'org-3')", [organization(3)]);
  addCustomer(fake, "cus_b", 2);
  await expect(convert([])).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining(
      "org-1=cus_a, org-3=cus_a, org-1=cus_b. Give --choose for the right ones, as --choose org-1=cus_b",
    ) as string,
  });
  await expect(convert(["--choose", "org-3=cus_b"])).rejects.toThrow(/is no pair that is left to choose/);
  const { out, asked } = await convert([], { stripeKey: key, answers: ["nonsense", ""] });
  expect(asked).toHaveLength(2);
  expect(out).toContain("cus_a -> org-3: moved, with 1 subscription\ncus_b -> org-1: moved, with 2 subscriptions");
  expect(out).toContain("cus_a -> org-1: left as it is, another was chosen");
  expect(out).toContain("cus_late: left as it is, 4 has no organization yet");
  expect((await convert([])).out).toContain("0 customers.");
  await expect(convert(["--choose", "org-1=cus_a"])).rejects.toMatchObject({ code: "CONFLICT" });
});

it("a choice that Stripe was not told of can be changed", async () => {
  await addUser(1, "cus_a");
  await db.query("insert into users values (2, 'cus_b')");
  await db.query("insert into rowhouse_convert.owners values ('user', '2', $1, $1)", [organization(1)]);
  addCustomer(fake, "cus_b");
  await convert(["--skip-stripe", "--choose", "org-1=cus_a"], {});
  await convert(["--choose", "org-1=cus_b"]);
  expect(await states()).toBe("cus_b moved");
});

it("killed in the middle, a second run does what is left and nothing twice", { timeout: 60_000 }, async () => {
  for (let number = 1; number <= 4; number += 1) await addUser(number, `cus_${number}`, 1);
  let enough: () => void = () => undefined;
  const inTheMiddle = new Promise<void>((done) => (enough = done));
  fake.trouble = (line, when) => {
    if (when === "after" && line.startsWith("POST") && fake.effects.length >= 3) {
      enough();
      return "drop";
    }
    return undefined;
  };
  child.stdin.end(fake.url);
  await inTheMiddle;
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await states()).toContain("planned");
  fake.trouble = () => undefined;
  await convert([]);
  expect([...fake.effects].sort()).toEqual([...new Set(fake.effects)].sort());
  expect(fake.effects).toHaveLength(8);
  expect(await states()).toBe([1, 2, 3, 4].map((number) => `cus_${number} moved`).join(", "));
  // What was written before the kill is not taken for what was there before.
  await convert(["--rollback"]);
  const customers = [...fake.objects.values()].filter(({ object }) => object === "customer");
  for (const { metadata } of customers) expect(metadata).toEqual({ plan: "pro", user_id: "old" });
});
