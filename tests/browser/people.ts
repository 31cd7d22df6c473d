import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, inject, test as base } from "vitest";
import { PageWatch } from "./page-watch.ts";
import { query } from "./product-database.ts";
import { sendServerForm } from "./server-form.ts";

const results = fileURLToPath(new URL("../../test-results", import.meta.url));

/** Somebody at a browser of their own: own cookies, own address. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: PageWatch;
}

/** A visitor with an account, signed in, and the owner of one organization. */
export interface Person extends Visitor {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly userId: string;
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string };
}

export interface People {
  visitor(): Promise<Visitor>;
  person(name: string, organization: string): Promise<Person>;
}

let browser: Browser | undefined;
let visits = 0;

afterAll(() => browser?.close());

/** A test with people in it. When it ends, none of their pages may have complained; when it failed, they are pictured. */
export const test = base.extend<{ people: People }>({
  people: async ({ task }, use) => {
    const visitors: Visitor[] = [];
    const visitor = async (): Promise<Visitor> => {
      const opened = await openVisitor();
      visitors.push(opened);
      return opened;
    };
    await use({ visitor, person: async (name, organization) => signUp(await visitor(), name, organization) });
    const failed = task.result?.state === "fail";
    const findings = visitors.flatMap(({ watch }) => watch.findings());
    if (failed || findings.length > 0) await picture(visitors, task.name);
    for (const { context } of visitors) await context.close();
    if (findings.length > 0) throw new Error(`Pages complained:\n${findings.join("\n")}`);
  },
});

async function openVisitor(): Promise<Visitor> {
  browser ??= await chromium.connect(inject("browserEndpoint"));
  visits += 1;
  const context = await browser.newContext({
    baseURL: inject("productUrl"),
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    // Attempts to sign in are counted by address, and each worker process simulates a network of its own.
    extraHTTPHeaders: {
      "x-forwarded-for": `10.${process.pid % 250}.${Math.floor(visits / 250)}.${(visits % 250) + 1}`,
    },
  });
  context.setDefaultTimeout(10_000);
  const watch = new PageWatch(context);
  return { context, watch, page: await context.newPage() };
}

async function signUp(visitor: Visitor, name: string, organizationName: string): Promise<Person> {
  const email = `${name.toLowerCase()}-${process.pid}-${visits}@example.com`;
  const password = "solid brick walls";
  const answer = await sendServerForm(visitor.context.request, "/sign-up", {
    name,
    email,
    password,
    organization: organizationName,
  });
  const [row] = await query<{ userId: string; id: string; slug: string }>(
    `select u.id as "userId", o.id, o.slug from auth.users u
     join rowhouse.memberships m on m.user_id = u.id join rowhouse.organizations o on o.id = m.organization_id
     where u.email = $1`,
    [email],
  );
  if (row === undefined)
    throw new Error(`${name} could not sign up: ${answer.status()} ${(await answer.text()).slice(0, 500)}`);
  const { userId, id, slug } = row;
  return { ...visitor, name, email, password, userId, organization: { id, slug, name: organizationName } };
}

async function picture(visitors: readonly Visitor[], title: string): Promise<void> {
  await mkdir(results, { recursive: true });
  const stem = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80);
  const pages = visitors.flatMap(({ context }) => context.pages());
  for (const [index, page] of pages.entries())
    await page.screenshot({ path: path.join(results, `${stem}-${index + 1}.png`) });
}
