import type { BrowserContext, Cookie, Page, Request } from "playwright-core";
import { describe, expect } from "vitest";
import { settledHtml } from "./settled-html.ts";
import { test, type Person } from "./people.ts";
import {
  addMembership,
  changeRole,
  contentOf,
  insertProjects,
  insertTasks,
  query,
  removeMembership,
} from "./product-database.ts";

const unknownId = "01900000-0000-7000-8000-000000000000";

/** Ada, the attacker, and Grace, whose organization has a project and a task with names that must never be seen. */
async function neighbours(people: { person(name: string, organization: string): Promise<Person> }) {
  const [ada, grace] = await Promise.all([people.person("Ada", "Acme"), people.person("Grace", "Globex")]);
  const organizationId = grace.organization.id;
  const [secret = ""] = await insertProjects(organizationId, ["Secret plan"]);
  const [task = ""] = await insertTasks({ organizationId, projectId: secret }, ["Secret step"]);
  const [own = ""] = await insertProjects(ada.organization.id, ["Own plan"]);
  const [ownTask = ""] = await insertTasks({ organizationId: ada.organization.id, projectId: own }, ["Own step"]);
  return { ada, grace, secret, task, own, ownTask };
}

describe("by address", () => {
  test("another organization's pages are 404, word for word those of an organization that does not exist", async ({
    people,
  }) => {
    const { ada, grace, secret } = await neighbours(people);
    const upper = grace.organization.slug.toUpperCase();
    for (const rest of ["", "/dashboard", "/projects", `/projects/${secret}`, "/projects?q=Secret", "/nothing-here"]) {
      const unknown = await settledHtml(ada.context.request, { name: "no-such-organization", rest });
      expect(unknown.status, rest).toBe(404);
      for (const slug of [grace.organization.slug, upper, grace.organization.id]) {
        const foreign = await settledHtml(ada.context.request, { name: slug, rest });
        expect(foreign, `/${slug}${rest}`).toEqual(unknown);
      }
    }
  });

  test("another organization's project under the own slug is the 404 of a project that does not exist", async ({
    people,
  }) => {
    const { ada, secret, own } = await neighbours(people);
    const place = `${ada.organization.slug}/projects`;
    expect((await ada.context.request.get(`/${place}/${own}`)).status()).toBe(200);
    const unknown = await settledHtml(ada.context.request, { name: unknownId, above: place });
    expect(unknown.status).toBe(404);
    expect(await settledHtml(ada.context.request, { name: secret, above: place })).toEqual(unknown);
    expect(await settledHtml(ada.context.request, { name: "not-an-id", above: place })).toEqual(unknown);
  });

  test("the own slug in other case is 404, so a page has one address", async ({ people }) => {
    const { ada } = await neighbours(people);
    ada.watch.allow(/status of 404/);
    const answer = await ada.page.goto(`/${ada.organization.slug.toUpperCase()}/dashboard`);
    expect(answer?.status()).toBe(404);
    await ada.page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
    expect(await ada.page.title()).toBe("Page not found · Rowhouse");
  });

  test("the data that pages are built from is refused as the page is", async ({ people }) => {
    const { ada, grace, secret } = await neighbours(people);
    for (const path of [`/${grace.organization.slug}/projects`, `/${grace.organization.slug}/projects/${secret}`]) {
      const answer = await ada.context.request.get(path, { headers: { rsc: "1" } });
      expect(await answer.text()).not.toContain("Secret");
    }
    const seen = await grace.context.request.get(`/${grace.organization.slug}/projects`, { headers: { rsc: "1" } });
    expect(await seen.text(), "the positive control").toContain("Secret plan");
  });

  test("a search, a cursor and an order of another organization's list bring nothing over", async ({ people }) => {
    const { ada, grace, secret } = await neighbours(people);
    const [row] = await query<{ at: string }>("select created_at::text as at from projects where id = $1", [secret]);
    const cursor = Buffer.from(JSON.stringify([row?.at, secret])).toString("base64url");
    for (const search of ["q=Secret", `after=${cursor}`, `before=${cursor}`, "sort=name&q=%25"]) {
      const html = await (await ada.context.request.get(`/${ada.organization.slug}/projects?${search}`)).text();
      expect(html, search).not.toContain("Secret plan");
    }
    expect(await (await grace.context.request.get(`/${grace.organization.slug}/projects?q=Secret`)).text()).toContain(
      "Secret plan",
    );
  });
});

describe("by server action", () => {
  test("replayed by hand with another organization's slug or ids it is refused, and nothing is written", async ({
    people,
  }) => {
    const { ada, grace, secret, task, own, ownTask } = await neighbours(people);
    const sent = await completeAndCapture(ada, own);
    const before = [await contentOf(grace.organization.id), await contentOf(ada.organization.id)];
    const { slug, id } = grace.organization;
    const attempts = [
      [slug, task, false],
      [id, task, false],
      [slug.toUpperCase(), task, false],
      [ada.organization.slug, task, true],
      [slug, ownTask, false],
      ["no-such-organization", task, true],
      [ada.organization.slug, secret, true],
      [[slug], task, true],
      [{ organization: slug }, task, true],
      [null, task, true],
    ];
    for (const attempt of attempts) {
      expect(await replay(ada.context, sent, attempt), JSON.stringify(attempt)).toContain('"code":"NOT_FOUND"');
    }
    expect([await contentOf(grace.organization.id), await contentOf(ada.organization.id)]).toEqual(before);
    expect(await replay(ada.context, sent, [ada.organization.slug, ownTask, false]), "the positive control").toContain(
      '"ok":true',
    );
  });

  test("arguments of the wrong kind are a refusal, not a fault", async ({ people }) => {
    const { ada, own, ownTask } = await neighbours(people);
    const sent = await completeAndCapture(ada, own);
    const before = await contentOf(ada.organization.id);
    for (const rest of [
      [ownTask, "yes"],
      [ownTask, { completed: true }],
      [ownTask, null],
      [{ id: ownTask }, true],
      [[], true],
      [],
    ]) {
      const said = await replay(ada.context, sent, [ada.organization.slug, ...rest]);
      expect(said, JSON.stringify(rest)).toMatch(/"code":"(INVALID_INPUT|NOT_FOUND)"/);
    }
    expect(await contentOf(ada.organization.id)).toEqual(before);
  });

  test("sent from another site it is refused", async ({ people }) => {
    const { ada, own, ownTask } = await neighbours(people);
    const sent = await completeAndCapture(ada, own);
    const before = await contentOf(ada.organization.id);
    const answer = await ada.context.request.post(sent.url, {
      headers: { ...sent.headers, origin: "https://evil.example" },
      data: JSON.stringify([ada.organization.slug, ownTask, false]),
    });
    expect(answer.ok()).toBe(false);
    expect(await contentOf(ada.organization.id)).toEqual(before);
  });

  test("without a session it is refused", async ({ people }) => {
    const { ada, own, ownTask } = await neighbours(people);
    const stranger = await people.visitor();
    const sent = await completeAndCapture(ada, own);
    const before = await contentOf(ada.organization.id);
    const said = await replay(stranger.context, sent, [ada.organization.slug, ownTask, false]);
    expect(said).not.toContain('"ok":true');
    expect(await contentOf(ada.organization.id)).toEqual(before);
  });
});

describe("by cookie", () => {
  test("B's cookie on A's open page opens nothing of A's, and writes nothing", async ({ people }) => {
    const { ada, grace, own } = await neighbours(people);
    ada.watch.allow(/status of 404/);
    await openProject(ada.page, ada.organization.slug, own);
    const before = [await contentOf(ada.organization.id), await contentOf(grace.organization.id)];
    await useCookies(ada.context, await grace.context.cookies());
    await refusedClick(ada.page);
    expect([await contentOf(ada.organization.id), await contentOf(grace.organization.id)]).toEqual(before);
    await goToProjects(ada.page);
    await ada.page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
    expect(await ada.page.getByText("Own plan").count()).toBe(0);
  });

  test("a forged, cut, altered or swapped cookie is no session", async ({ people }) => {
    const { ada, grace } = await neighbours(people);
    const session = await sessionCookie(ada.context);
    const [token = "", signature = ""] = decodeURIComponent(session.value).split(".");
    const [, graceSignature = ""] = decodeURIComponent((await sessionCookie(grace.context)).value).split(".");
    const forged = [
      token,
      `${token}.`,
      `${token}.${signature.slice(0, -4)}`,
      `${token}.${graceSignature}`,
      `${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}.${signature}`,
      `${ada.userId}.${signature}`,
      `' or 1=1 --.${signature}`,
      "",
      ".",
      "%00%ff",
      "x".repeat(3000),
    ];
    const path = `/${ada.organization.slug}/projects`;
    const { context } = await people.visitor();
    for (const value of forged) {
      await useCookies(context, [{ ...session, value: encodeURIComponent(value) }]);
      const answer = await context.request.get(path, { maxRedirects: 0 });
      expect(answer.status(), value).toBe(307);
      expect(answer.headers().location, value).toContain(`/sign-in?next=${encodeURIComponent(path)}`);
    }
    expect((await ada.context.request.get(path, { maxRedirects: 0 })).status(), "the positive control").toBe(200);
  });

  test("the cookie of a session that was ended is no session, on the very next click and action", async ({
    people,
  }) => {
    const { ada, own } = await neighbours(people);
    const session = await sessionCookie(ada.context);
    await openProject(ada.page, ada.organization.slug, own);
    const elsewhere = await ada.context.newPage();
    await elsewhere.goto(`/${ada.organization.slug}/dashboard`);
    await elsewhere.getByRole("button", { name: "Account: Ada" }).click();
    await elsewhere.getByRole("menuitem", { name: "Sign out" }).click();
    await elsewhere.waitForURL("**/sign-in");
    await useCookies(ada.context, [session]);
    const before = await contentOf(ada.organization.id);
    await refusedClick(ada.page);
    expect(await contentOf(ada.organization.id)).toEqual(before);
    const answer = await ada.context.request.get(`/${ada.organization.slug}/projects`, { maxRedirects: 0 });
    expect(answer.headers().location).toContain("/sign-in");
  });

  test("a cookie is out of reach of scripts and of other sites", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const { httpOnly, sameSite } = await sessionCookie(ada.context);
    expect({ httpOnly, sameSite }).toEqual({ httpOnly: true, sameSite: "Lax" });
  });
});

describe("by a stale page", () => {
  test("a removed member's open page: the action shows an error and writes nothing, the next click is 404", async ({
    people,
  }) => {
    const { ada, grace, secret } = await neighbours(people);
    ada.watch.allow(/status of 404/);
    const membership = { organizationId: grace.organization.id, userId: ada.userId };
    await addMembership(membership, "admin");
    await openProject(ada.page, grace.organization.slug, secret);
    await ada.page.getByText("Secret step").waitFor();
    await removeMembership(membership);
    const before = await contentOf(grace.organization.id);
    await refusedClick(ada.page);
    await ada.page.getByLabel("New task").fill("Left behind");
    await ada.page.getByLabel("New task").press("Enter");
    await ada.page.getByText("There is no such organization").first().waitFor();
    expect(await contentOf(grace.organization.id)).toEqual(before);
    await goToProjects(ada.page);
    await ada.page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
    expect((await ada.page.reload())?.status()).toBe(404);
    expect(await ada.page.content()).not.toContain("Globex");
  });

  test("a demoted member's next click is refused, and the page after it no longer offers it", async ({ people }) => {
    const { ada, grace, secret } = await neighbours(people);
    const membership = { organizationId: grace.organization.id, userId: ada.userId };
    await addMembership(membership, "admin");
    await openProject(ada.page, grace.organization.slug, secret);
    await changeRole(membership, "viewer");
    const before = await contentOf(grace.organization.id);
    await refusedClick(ada.page);
    await ada.page.getByText("Your role in this organization does not allow this.").first().waitFor();
    expect(await contentOf(grace.organization.id)).toEqual(before);
    await ada.page.reload();
    expect(await ada.page.getByRole("checkbox").first().isDisabled()).toBe(true);
    expect(await ada.page.getByLabel("New task").count()).toBe(0);
  });
});

async function openProject(page: Page, slug: string, projectId: string): Promise<void> {
  await page.goto(`/${slug}/projects/${projectId}`);
  await page.getByRole("checkbox").first().waitFor();
}

/** Ticks the first task's box: the page shows it at once, then says that it was refused and takes it back. */
async function refusedClick(page: Page): Promise<void> {
  const box = page.getByRole("checkbox").first();
  await box.click();
  await page.getByText("was not completed").first().waitFor();
  await expect.poll(() => box.isChecked()).toBe(false);
}

async function goToProjects(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Organization" }).getByRole("link", { name: "Projects" }).click();
}

interface SentAction {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** Completes the first task of a project in the page and keeps how the browser sent it. */
async function completeAndCapture({ page, organization }: Person, projectId: string): Promise<SentAction> {
  await openProject(page, organization.slug, projectId);
  const isAction = (request: Request): boolean => request.headers()["next-action"] !== undefined;
  const [request] = await Promise.all([page.waitForRequest(isAction), page.getByRole("checkbox").first().click()]);
  await page.getByText("0 open, 1 done").waitFor();
  const { cookie: _cookie, host: _host, ["content-length"]: _length, ...headers } = await request.allHeaders();
  const plain = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
  return { url: request.url(), headers: Object.fromEntries(plain) };
}

async function replay(context: BrowserContext, sent: SentAction, input: readonly unknown[]): Promise<string> {
  const answer = await context.request.post(sent.url, { headers: sent.headers, data: JSON.stringify(input) });
  return answer.text();
}

async function sessionCookie(context: BrowserContext): Promise<Cookie> {
  const found = (await context.cookies()).find(({ name }) => name.endsWith("session_token"));
  if (found === undefined) throw new Error("There is no session cookie.");
  return found;
}

async function useCookies(context: BrowserContext, cookies: readonly Cookie[]): Promise<void> {
  await context.clearCookies();
  await context.addCookies([...cookies]);
}
