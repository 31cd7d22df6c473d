import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { expectAccessible, expectNoSidewaysScroll, goTo, type State } from "./expect-accessible.ts";
import { focusedName, tabTo } from "./keyboard.ts";
import { test, type People, type Person } from "./people.ts";
import { query } from "./product-database.ts";

const newPassword = "a horse of another colour";

/** Somebody at the machine that the product runs on: no proxy says where they come from. */
async function atHome(people: People): Promise<Page> {
  const { context, page } = await people.visitor();
  await context.setExtraHTTPHeaders({});
  return page;
}

/** Finds the newest mail to somebody in the mailbox, as a person does, and opens it. */
async function openMail(page: Page, email: string, subject: string): Promise<void> {
  const row = page.getByRole("list", { name: "Mails" }).getByRole("listitem").filter({ hasText: email });
  await expect
    .poll(async () => {
      await page.goto("/mailbox");
      return row.filter({ hasText: subject }).count();
    })
    .toBeGreaterThan(0);
  await row.getByRole("link", { name: subject }).first().click();
  await page.getByRole("heading", { level: 1, name: subject }).waitFor();
}

async function askForReset(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByRole("heading", { level: 1, name: "Choose a new password" }).waitFor();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  await page.getByRole("heading", { level: 1, name: "Look into your mailbox" }).waitFor();
}

const mailLink = (page: Page) => page.getByRole("listitem").getByRole("link");

async function signIn(page: Page, { email }: Person, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

describe("a forgotten password", () => {
  test("is chosen anew by the link of a mail in the mailbox, which ends what was signed in elsewhere", async ({
    people,
  }) => {
    const ada = await people.person("Ada", "Acme");
    const page = await atHome(people);
    await askForReset(page, ada.email);
    await page.getByRole("link", { name: "See it in the mailbox" }).click();
    await page.getByRole("heading", { level: 1, name: "Mailbox" }).waitFor();
    await openMail(page, ada.email, "Choose a new password");
    const shown = page.frameLocator("iframe");
    await shown.getByRole("heading", { name: "Choose a new password" }).waitFor();
    const opened = page.context().waitForEvent("page");
    await shown.getByRole("link", { name: "Choose a password" }).click();
    await (await opened).getByLabel("New password").waitFor();
    await (await opened).close();
    const link = await mailLink(page).getAttribute("href");
    await mailLink(page).click();
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Use at least 10 characters.").waitFor();
    await expect.poll(() => focusedName(page)).toBe("New password");
    await page.getByLabel("New password").fill(newPassword);
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Your password is changed. Sign in with the new one.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await ada.page.goto(`/${ada.organization.slug}/dashboard`);
    await ada.page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await signIn(page, ada, ada.password);
    await page.getByText("The address or the password is wrong.").waitFor();
    await signIn(page, ada, newPassword);
    await page.waitForURL(`**/${ada.organization.slug}/dashboard`);
    await page.goto(link ?? "");
    await page.getByRole("heading", { level: 1, name: "This link no longer works" }).waitFor();
    await page.getByRole("link", { name: "Ask for a new link" }).click();
    await page.getByRole("button", { name: "Send link" }).waitFor();
    await openMail(page, ada.email, "Your password was changed");
  });

  test("of an address without an account shows the same page, and mails nobody", async ({ people }) => {
    const { page } = await people.visitor();
    const email = `nobody-${Date.now()}@example.com`;
    await askForReset(page, email);
    await page.getByText("If there is an account with this address, a link is on its way.").waitFor();
    expect(await query("select id from auth.mail where recipient = $1", [email])).toEqual([]);
  });
});

describe("the address of a new account", () => {
  test("is asked for on every page until it is confirmed by the link of a mail and a button", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const { page, organization } = ada;
    await page.goto(`/${organization.slug}/projects`);
    const banner = page.getByRole("region", { name: "Confirm your e-mail address." });
    await banner.getByText(`We sent a link to ${ada.email}.`).waitFor();
    await banner.getByRole("button", { name: "Send again" }).click();
    await page.getByText(`Sent to ${ada.email}`, { exact: true }).waitFor();
    const home = await atHome(people);
    await openMail(home, ada.email, "Confirm your e-mail address");
    const link = (await mailLink(home).getAttribute("href")) ?? "";
    await home.goto(link);
    await home.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    const isConfirmed = async () =>
      (await query<{ is: boolean }>("select email_verified as is from auth.users where id = $1", [ada.userId]))[0]?.is;
    await page.goto(link);
    await page.getByRole("button", { name: "Confirm address" }).waitFor();
    expect(await isConfirmed()).toBe(false);
    await page.getByRole("button", { name: "Confirm address" }).click();
    await page.waitForURL(`**/${organization.slug}/dashboard`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await banner.count()).toBe(0);
    expect(await isConfirmed()).toBe(true);
    await page.goto(link);
    await page.getByRole("heading", { level: 1, name: "Your address is confirmed" }).waitFor();
  });

  test("is not confirmed by somebody else, who can change the account", async ({ people }) => {
    const [ada, eve] = await Promise.all([people.person("Ada", "Acme"), people.person("Eve", "Globex")]);
    const home = await atHome(people);
    await openMail(home, ada.email, "Confirm your e-mail address");
    const link = (await mailLink(home).getAttribute("href")) ?? "";
    await eve.page.goto(link);
    await eve.page.getByRole("heading", { level: 1, name: "This link is for another account" }).waitFor();
    await eve.page.getByRole("button", { name: "Switch account" }).click();
    await eve.page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await signIn(eve.page, ada, ada.password);
    await eve.page.getByRole("button", { name: "Confirm address" }).waitFor();
  });
});

describe("the mailbox", () => {
  test("is not there for whoever does not sit at the machine, nor is any of its mails", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const home = await atHome(people);
    await openMail(home, ada.email, "Confirm your e-mail address");
    ada.watch.allow(/status of 404/);
    for (const path of ["/mailbox", new URL(home.url()).pathname, "/mailbox/nothing"])
      expect((await ada.page.goto(path))?.status(), path).toBe(404);
    await ada.page.goto("/forgot-password");
    expect(await ada.page.getByText("Mail is not set up here.").count()).toBe(0);
  });

  test("and the way through a reset can be gone with the keyboard alone", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const page = await atHome(people);
    await goTo(page, "/forgot-password");
    await tabTo(page, "Email");
    await page.keyboard.press("Enter");
    await page.getByText("Enter your e-mail address.").waitFor();
    await expect.poll(() => focusedName(page)).toBe("Email");
    await page.keyboard.type(ada.email);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Look into your mailbox" }).waitFor();
    await openMail(page, ada.email, "Choose a new password");
    const url = (await mailLink(page).textContent()) ?? "";
    await tabTo(page, url);
    await page.keyboard.press("Enter");
    await page.getByLabel("New password").waitFor();
    await tabTo(page, "New password");
    await page.keyboard.type(newPassword);
    await page.keyboard.press("Enter");
    await page.getByText("Your password is changed.").waitFor();
  });
});

// They are one narrow column at any size.
test("the pages of mails about accounts break no rule of WCAG 2.2 AA", async ({ people }) => {
  const ada = await people.person("Ada", "Acme");
  await ada.context.setExtraHTTPHeaders({});
  await expectAccessible(ada.page, await statesFor(ada, await linksFor(people, ada)));
});

test("no page of mails about accounts scrolls sideways at 320 pixels", async ({ people }) => {
  const ada = await people.person("Ada", "Acme");
  await ada.context.setExtraHTTPHeaders({});
  const { page } = ada;
  await page.setViewportSize({ width: 320, height: 640 });
  for (const { name, open } of await statesFor(ada, await linksFor(people, ada))) {
    await open(page);
    await expectNoSidewaysScroll(page, name);
  }
});

interface Links {
  readonly mail: string;
  readonly verify: string;
  readonly reset: string;
}

/** Has the mails sent that the pages need. */
async function linksFor(people: People, ada: Person): Promise<Links> {
  const home = await atHome(people);
  await askForReset(home, ada.email);
  await openMail(home, ada.email, "Choose a new password");
  const reset = (await mailLink(home).getAttribute("href")) ?? "";
  await openMail(home, ada.email, "Confirm your e-mail address");
  return { mail: home.url(), reset, verify: (await mailLink(home).getAttribute("href")) ?? "" };
}

async function statesFor({ organization }: Person, { mail, verify, reset }: Links): Promise<readonly State[]> {
  const at = (name: string, path: string): State => ({ name, open: (page) => goTo(page, path) });
  return [
    at("the mailbox", "/mailbox"),
    at("a mail", mail),
    at("a forgotten password", "/forgot-password"),
    {
      name: "a forgotten password with an error",
      open: async (page) => {
        await page.getByRole("button", { name: "Send link" }).click();
        await page.getByText("Enter your e-mail address.").waitFor();
      },
    },
    at("a mail that was sent", "/forgot-password?sent=1"),
    at("a new password", reset),
    at("a dead link", "/reset-password?token=nothing"),
    at("the banner", `/${organization.slug}/projects`),
    at("a new organization with the banner", "/new"),
    at("the address", verify),
    at("a dead link to confirm", "/verify-address?token=nothing"),
  ];
}
