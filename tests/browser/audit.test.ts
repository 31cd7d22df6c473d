import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { test } from "./people.ts";
import { addMembership, changeRole } from "./product-database.ts";

test("a change is in the log with its values; the log is narrowed, cleared and verified", async ({ people }) => {
  const { page, organization } = await people.person("Ada", "Acme");
  await page.goto(`/${organization.slug}/settings`);
  await page.getByLabel("Organization name").fill("Acme Works");
  await page.getByRole("button", { name: "Save profile" }).click();
  await page.getByText("Profile saved").first().waitFor();

  await page.goto(`/${organization.slug}/audit`);
  const events = page.getByRole("list", { name: "Events" }).locator("summary");
  await expect.poll(() => events.count()).toBe(2);
  await events.filter({ hasText: "Profile changed" }).click();
  const table = page.getByRole("table", { name: "Changes" });
  await expect.poll(() => table.locator("del").allTextContents()).toEqual(["Acme"]);
  await expect.poll(() => table.locator("ins").allTextContents()).toEqual(["Acme Works"]);

  await page.getByLabel("Search the log").fill("no such thing");
  await page.getByText("No event matches these filters.").waitFor();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect.poll(() => events.count()).toBe(2);
  await page.getByLabel("Actor").selectOption({ label: "Ada" });
  await expect.poll(() => new URL(page.url()).searchParams.get("actor")).not.toBeNull();
  await page.getByLabel("From", { exact: true }).fill("2001-01-01");
  await page.getByLabel("To", { exact: true }).fill("2001-12-31");
  await page.getByText("No event matches these filters.").waitFor();

  await page.getByRole("button", { name: "Verify" }).click();
  await page.getByText("Verified: 2 events are as written.").waitFor();
});

test("the log is saved as a file, and that it was is an event of it", async ({ people }) => {
  const { page, organization } = await people.person("Ada", "Acme");
  await page.goto(`/${organization.slug}/audit`);
  for (const [item, form] of [
    ["CSV, for spreadsheets", /^"sequence","id"[^]*"organization\.created"[^]*"audit\.exported"/],
    ["JSON, for programs", /^\[[^]*"action":"audit\.exported"[^]*\]\n$/],
  ] as const) {
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: item }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^${organization.slug}-audit-[\\d-]+\\.(csv|json)$`));
    // The browser is reached over a socket, so its file is not at hand: it is sent over.
    expect(await text(await download.createReadStream())).toMatch(form);
  }
});

test("nobody exports the log of another organization, none without the permission, and no unknown format", async ({
  people,
}) => {
  const [ada, grace] = [await people.person("Ada", "Acme"), await people.person("Grace", "Globex")];
  const path = `/${ada.organization.slug}/audit/export?format=csv`;
  const foreign = await grace.page.request.get(path);
  expect(foreign.status()).toBe(404);
  expect(foreign.headers()["content-type"]).toBe("application/problem+json");
  await addMembership({ organizationId: ada.organization.id, userId: grace.userId }, "viewer");
  expect((await grace.page.request.get(path)).status()).toBe(403);
  await changeRole({ organizationId: ada.organization.id, userId: grace.userId }, "admin");
  expect((await grace.page.request.get(path)).status()).toBe(200);
  expect((await ada.page.request.get(`/${ada.organization.slug}/audit/export?format=exe`)).status()).toBe(400);
  const stranger = await people.visitor();
  const answer = await stranger.page.request.get(path, { maxRedirects: 0 });
  expect([307, 401]).toContain(answer.status());
});
