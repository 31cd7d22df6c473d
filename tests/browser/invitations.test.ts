import { describe, expect } from "vitest";
import { test } from "./people.ts";
import { query } from "./product-database.ts";
import { createLink, invite, linkInMail, rowMenu, signUpBy } from "./team-places.ts";

describe("an invitation link", () => {
  test("brings a new person in, who shows up among the members; following it again leads straight there", async ({
    people,
  }) => {
    const ada = await people.person("Ada", "Acme");
    const url = await createLink(ada, "Viewer");
    const stranger = await people.visitor();
    await stranger.page.goto(url);
    await stranger.page.getByRole("heading", { level: 1, name: "Join Acme" }).waitFor();
    await stranger.page.getByText("Ada invites you to Acme as viewer.").waitFor();
    await signUpBy(stranger, url, { name: "Linus", email: `linus-${Date.now()}@example.com` });
    expect(new URL(stranger.page.url()).pathname).toBe(`/${ada.organization.slug}/dashboard`);
    await ada.page.goto(`/${ada.organization.slug}/team`);
    const row = ada.page.getByRole("list", { name: "Members" }).getByRole("listitem").filter({ hasText: "Linus" });
    await row.getByText("Viewer").waitFor();
    await stranger.page.goto(url);
    expect(new URL(stranger.page.url()).pathname).toBe(`/${ada.organization.slug}/dashboard`);
    await stranger.page.getByRole("button", { name: "Account: Linus" }).waitFor();
  });

  test("is refused without a trace when a field is wrong, and says beside it what is", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await page.goto(`/${organization.slug}/team/invitations`);
    await page.getByRole("button", { name: "Create link" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Number of people").fill("0");
    await dialog.getByRole("button", { name: "Create link" }).click();
    await dialog.getByText("Enter a whole number from 1 to 10,000.").waitFor();
    await dialog.getByLabel("Number of people").fill("3");
    await dialog.getByLabel("Only for addresses at").fill("not a domain");
    await dialog.getByRole("button", { name: "Create link" }).click();
    await dialog.getByText("Enter a domain such as example.com.").waitFor();
    expect(await query("select id from rowhouse.invitations where organization_id = $1", [organization.id])).toEqual(
      [],
    );
  });

  test("that was revoked, and one that never was, say so", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const url = await createLink(ada, "Member");
    await rowMenu(ada.page, "Link for several people", "Revoke…");
    await ada.page.getByRole("alertdialog").getByRole("button", { name: "Revoke invitation" }).click();
    await ada.page.getByText("Revoked the invitation of Link for several people", { exact: true }).waitFor();
    const stranger = await people.visitor();
    const answer = await stranger.page.goto(url);
    await stranger.page.getByRole("heading", { name: "This invitation is no longer open" }).waitFor();
    // Said to a person, with 200; nobody indexes or keeps it.
    expect([answer?.status(), answer?.headers()["cache-control"]]).toEqual([200, expect.stringContaining("no-store")]);
    expect(await stranger.page.locator("meta[name=robots]").getAttribute("content")).toContain("noindex");
    stranger.watch.allow(/status of 404/);
    expect((await stranger.page.goto(`/join/${"A".repeat(43)}`))?.status()).toBe(404);
    expect((await stranger.page.goto("/join/%00..%2F"))?.status()).toBeGreaterThanOrEqual(400);
  });
});

describe("an invitation by mail", () => {
  test("lets a new person in under the invited address alone, verified, and never shows its link to the inviter", async ({
    people,
  }) => {
    const ada = await people.person("Ada", "Acme");
    const email = `margaret-${Date.now()}@example.com`;
    const told: string[] = [];
    // Read on their way: the browser forgets the body of an answer as soon as nobody needs it any more.
    await ada.page.route("**", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const response = await route.fetch();
      told.push(await response.text());
      await route.fulfill({ response });
    });
    await invite(ada, email, "Admin");
    await ada.page.getByText("Invitation sent", { exact: true }).waitFor();
    await ada.page.getByRole("list", { name: "Invitations" }).getByText(email).waitFor();
    await ada.page.unrouteAll({ behavior: "wait" });
    expect(told).not.toEqual([]);
    expect(told.join("") + (await ada.page.content())).not.toMatch(/\/join\//);
    expect(await query("select template from rowhouse.outbox where recipient = $1", [email])).toEqual([
      { template: "invitation" },
    ]);
    const stranger = await people.visitor();
    const url = await linkInMail(ada.organization.id, email);
    await stranger.page.goto(url);
    expect(await stranger.page.getByLabel("Email").inputValue()).toBe(email);
    expect(await stranger.page.getByLabel("Email").isEditable()).toBe(false);
    await signUpBy(stranger, url, { name: "Margaret" });
    const [user] = await query(
      `select u.email_verified as verified, m.role from auth.users u join rowhouse.memberships m on m.user_id = u.id
       where u.email = $1`,
      [email],
    );
    expect(user).toEqual({ verified: true, role: "admin" });
  });

  test("opened under another account shows both addresses, and comes back after the switch", async ({ people }) => {
    const [ada, grace] = await Promise.all([people.person("Ada", "Acme"), people.person("Grace", "Globex")]);
    const email = `alan-${Date.now()}@example.com`;
    await invite(ada, email);
    await ada.page.getByText("Invitation sent", { exact: true }).waitFor();
    const url = await linkInMail(ada.organization.id, email);
    await grace.page.goto(url);
    await grace.page.getByText(`This invitation is for ${email}. You are signed in as ${grace.email}.`).waitFor();
    expect(await grace.page.getByRole("button", { name: "Join Acme" }).count()).toBe(0);
    await grace.page.getByRole("button", { name: "Switch account" }).click();
    await grace.page.getByRole("button", { name: "Create account and join" }).waitFor();
    expect(new URL(grace.page.url()).pathname).toBe(url);
  });

  test("is accepted after signing in, and declined without an account", async ({ people }) => {
    const [ada, grace] = await Promise.all([people.person("Ada", "Acme"), people.person("Grace", "Globex")]);
    const other = `dennis-${Date.now()}@example.com`;
    await invite(ada, `${grace.email}\n${other}`);
    await ada.page.getByText("2 invitations sent", { exact: true }).waitFor();
    const url = await linkInMail(ada.organization.id, grace.email);
    await grace.context.clearCookies();
    await grace.page.goto(url);
    await grace.page.getByRole("link", { name: "Sign in" }).click();
    await grace.page.getByLabel("Email").fill(grace.email);
    await grace.page.getByLabel("Password", { exact: true }).fill(grace.password);
    await grace.page.getByRole("button", { name: "Sign in" }).click();
    await grace.page.getByRole("button", { name: "Join Acme" }).click();
    await grace.page.waitForURL(`**/${ada.organization.slug}/dashboard`);

    const { page } = await people.visitor();
    await page.goto(await linkInMail(ada.organization.id, other));
    await page.getByRole("button", { name: "Decline" }).click();
    await page.getByRole("heading", { name: "You declined the invitation" }).waitFor();
    const [declined] = await query("select status from rowhouse.invitations where email = $1", [other]);
    expect(declined).toEqual({ status: "declined" });
  });

  test("sent again has another link, and the old one is dead", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const email = `barbara-${Date.now()}@example.com`;
    await invite(ada, email);
    await ada.page.getByText("Invitation sent", { exact: true }).waitFor();
    const url = await linkInMail(ada.organization.id, email);
    await rowMenu(ada.page, email, "Send again");
    await ada.page.getByText(`Sent again to ${email}`, { exact: true }).waitFor();
    const { page, watch } = await people.visitor();
    watch.allow(/status of 404/);
    expect((await page.goto(url))?.status()).toBe(404);
    expect(await query("select template from rowhouse.outbox where recipient = $1", [email])).toHaveLength(2);
  });
});

test("of a pasted list each line says what became of it, and one bad line costs no good one", async ({ people }) => {
  const ada = await people.person("Ada", "Acme");
  const good = `ken-${Date.now()}@example.com`;
  await invite(ada, ["E-mail", good, "not an address", ada.email, good, "<img src=x>"].join("\n"));
  const report = ada.page.getByRole("list", { name: "What became of each address" }).getByRole("listitem");
  await ada.page.getByText("1 of 5 was invited.").waitFor();
  const lines = (await report.allInnerTexts()).map((text) => text.replace(/\n+/g, " | "));
  expect(lines).toEqual([
    `${good} | Invited | Line 2`,
    "not an address | This is not an e-mail address. | Line 3",
    `${ada.email} | Is a member already. | Line 4`,
    `${good} | Is invited already. | Line 5`,
    "img src=x | This is not an e-mail address. | Line 6",
  ]);
  await ada.page.getByRole("button", { name: "Done" }).click();
  await ada.page.getByRole("list", { name: "Invitations" }).getByText(good).waitFor();
});
