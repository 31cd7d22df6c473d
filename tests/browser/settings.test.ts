import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { describe, expect } from "vitest";
import { test, type Person } from "./people.ts";
import { addMembership, insertProjects, query } from "./product-database.ts";

const requireFromWeb = createRequire(fileURLToPath(new URL("../../apps/web/package.json", import.meta.url)));

/** What this test asks of sharp. */
type Sharp = (input: object) => { png(): { toBuffer(): Promise<Buffer> } };

async function picture(): Promise<Buffer> {
  const sharp = requireFromWeb("sharp") as Sharp;
  return sharp({ create: { width: 64, height: 64, channels: 3, background: "#0c6355" } })
    .png()
    .toBuffer();
}

describe("general settings", () => {
  test("the profile is saved, and the new name stands in the frame", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await page.goto(`/${organization.slug}/settings`);
    await page.getByLabel("Organization name").fill("Acme Works");
    await page.getByLabel("Description").fill("We make\nthings.");
    await page.getByRole("button", { name: "Save profile" }).click();
    await page.getByText("Profile saved").first().waitFor();
    await page.getByRole("button", { name: "Organization: Acme Works" }).waitFor();
    const [row] = await query("select name, description from rowhouse.organizations where id = $1", [organization.id]);
    expect(row).toEqual({ name: "Acme Works", description: "We make\nthings." });
  });

  test("an address says while it is typed whether it is free; the old one leads on to the new", async ({ people }) => {
    const [ada, grace] = [await people.person("Ada", "Acme"), await people.person("Grace", "Globex")];
    const { page, organization } = ada;
    await page.goto(`/${organization.slug}/settings`);
    const field = page.getByLabel("Name in links");
    const save = page.getByRole("button", { name: "Change address" });
    for (const [typed, said] of [
      [grace.organization.slug, "This name is taken."],
      ["admin", "This name is reserved."],
      ["no spaces", "Use 1 to 48 letters"],
    ] as const) {
      await field.fill(typed);
      await page.getByText(said).first().waitFor();
      expect(await save.isDisabled()).toBe(true);
    }
    const wanted = `works-${organization.id.slice(-12)}`;
    await field.fill(wanted);
    await page.getByText("This name is free.").waitFor();
    await save.click();
    await page.waitForURL(`**/${wanted}/settings`);
    await page.goto(`/${organization.slug}/settings`);
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/${wanted}/settings`);
  });

  test("preferences hold for everybody: a viewer's list is ordered by them", async ({ people }) => {
    const [ada, vi] = [await people.person("Ada", "Acme"), await people.person("Vi", "Other")];
    const { page, organization } = ada;
    await insertProjects(organization.id, ["Alpha", "Beta"]);
    await addMembership({ organizationId: organization.id, userId: vi.userId }, "viewer");
    await page.goto(`/${organization.slug}/settings`);
    await page.getByLabel("Order of projects").selectOption("name");
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await page.getByRole("button", { name: "Save preferences" }).click();
    await page.getByText("Preferences saved").first().waitFor();
    await vi.page.goto(`/${organization.slug}/projects`);
    const links = vi.page.getByRole("list", { name: "Projects" }).getByRole("link");
    await expect.poll(() => links.allTextContents()).toEqual(["Alpha", "Beta"]);
    await vi.page.getByLabel("Sort by").selectOption("newest");
    await expect.poll(() => links.allTextContents()).toEqual(["Beta", "Alpha"]);
    await page.goto(`/${organization.slug}/audit`);
    await page.getByText("Times are in Asia/Tokyo.").waitFor();
  });

  test("a viewer finds the settings closed, and no way to them", async ({ people }) => {
    const [ada, vi] = [await people.person("Ada", "Acme"), await people.person("Vi", "Other")];
    const at = `/${ada.organization.slug}`;
    await addMembership({ organizationId: ada.organization.id, userId: vi.userId }, "viewer");
    for (const path of ["/settings", "/settings/domains", "/settings/keys", "/audit"]) {
      await vi.page.goto(at + path);
      await vi.page.getByRole("heading", { level: 1, name: "Not allowed" }).waitFor();
    }
    expect(await vi.page.getByRole("link", { name: "Settings" }).count()).toBe(0);
  });
});

describe("the logo", () => {
  test("is chosen, shown in the frame, served as a picture that cannot run, and removed", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await page.goto(`/${organization.slug}/settings`);
    const buffer = await picture();
    await page.locator("input[type=file]").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer });
    await page.getByAltText("The new logo, not saved yet").waitFor();
    await page.getByRole("button", { name: "Save logo" }).click();
    await page.getByText("Logo saved").first().waitFor();
    await page.getByAltText("Logo", { exact: true }).waitFor();
    const inFrame = page.getByRole("button", { name: "Organization: Acme" }).locator("img");
    await expect.poll(() => inFrame.first().getAttribute("src")).toMatch(`/${organization.slug}/logo?v=`);
    const answer = await page.request.get((await inFrame.first().getAttribute("src")) ?? "");
    expect(answer.headers()).toMatchObject({ "content-type": "image/webp", "x-content-type-options": "nosniff" });
    expect(answer.headers()["content-security-policy"]).toContain("sandbox");
    await page.getByRole("button", { name: "Remove logo" }).click();
    await page.getByText("Logo removed").first().waitFor();
    await expect.poll(() => inFrame.count()).toBe(0);
  });

  test("is refused when it is too large or of another kind, whatever it calls itself", async ({ people }) => {
    const { page, watch, organization } = await people.person("Ada", "Acme");
    watch.allow(/status of 4\d\d/);
    await page.goto(`/${organization.slug}/settings`);
    const input = page.locator("input[type=file]");
    await input.setInputFiles({ name: "big.png", mimeType: "image/png", buffer: Buffer.alloc(2_000_000) });
    await page.getByText("This picture is larger than 1 MB.").waitFor();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    await input.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: svg });
    await page.getByRole("button", { name: "Save logo" }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: /PNG, JPEG/ })
      .waitFor();
    for (const [data, status] of [
      [Buffer.alloc(2_000_000), 413],
      [svg, 415],
    ] as const) {
      const answer = await page.request.put(`/${organization.slug}/logo`, {
        data,
        headers: { "content-type": "image/png", origin: new URL(page.url()).origin },
      });
      expect(answer.status()).toBe(status);
    }
    expect((await query("select logo_key from rowhouse.organizations where id = $1", [organization.id]))[0]).toEqual({
      logo_key: null,
    });
  });

  test("of another organization is as unknown as the organization", async ({ people }) => {
    const [ada, grace] = [await people.person("Ada", "Acme"), await people.person("Grace", "Globex")];
    const answer = await grace.page.request.get(`/${ada.organization.slug}/logo`);
    expect(answer.status()).toBe(404);
  });
});

test("an API key is shown once, rotated and revoked; it is bounded by what was ticked", async ({ people }) => {
  const { page, organization } = await people.person("Ada", "Acme");
  await page.goto(`/${organization.slug}/settings/keys`);
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByText("Enter a name.").waitFor();
  await page.getByRole("dialog").getByLabel("Name").fill("Deployment");
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByText("Choose at least one permission.").waitFor();
  await page.getByRole("group", { name: "projects" }).getByRole("checkbox", { name: "read" }).check();
  await page.getByRole("button", { name: "Create key" }).click();
  const first = await shownKey(page);
  const list = page.getByRole("list", { name: "API keys" });
  await list.getByText("Deployment").waitFor();
  expect(await page.content()).not.toContain(first);

  await page.getByRole("button", { name: "Actions for Deployment" }).click();
  await page.getByRole("menuitem", { name: "Rotate…" }).click();
  await page.getByRole("button", { name: "Rotate key" }).click();
  expect(await shownKey(page)).not.toBe(first);

  await page.getByRole("button", { name: "Actions for Deployment" }).click();
  await page.getByRole("menuitem", { name: "Revoke…" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await list.getByText("Revoked", { exact: true }).waitFor();
  const rows = await query(
    "select scopes, revoked_at is not null as over from rowhouse.api_keys where organization_id = $1",
    [organization.id],
  );
  expect(rows).toEqual([{ scopes: ["projects:read"], over: true }]);
});

async function shownKey(page: Person["page"]): Promise<string> {
  const field = page.getByRole("dialog").getByLabel("API key");
  await field.waitFor();
  const key = await field.inputValue();
  expect(key).toMatch(/^rhk_[0-9a-f]{32}_[\w-]{43}$/);
  await page.getByRole("button", { name: "Done" }).click();
  return key;
}
