import { describe, expect } from "vitest";
import { test, type Person } from "./people.ts";
import { query } from "./product-database.ts";

describe("domains", () => {
  test("one is added with its record, mailed for, opened and removed; nonsense is refused", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await page.goto(`/${organization.slug}/settings/domains`);
    const field = page.getByLabel("Domain", { exact: true });
    const add = page.getByRole("button", { name: "Add domain" });
    await field.fill("gmail.com");
    await add.click();
    await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
    const domain = `acme-${organization.id.slice(-12)}.com`;
    await field.fill(domain);
    await add.click();
    await page.getByRole("heading", { level: 3, name: domain }).waitFor();
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe(`_rowhouse.${domain}`);
    expect(await page.getByLabel("Value", { exact: true }).inputValue()).toMatch(/^rowhouse-domain=/);
    await page.getByRole("button", { name: "Send mail" }).click();
    await page.getByText(`A link is on its way to admin@${domain}.`).waitFor();

    await verify(organization.id);
    await page.reload();
    await page.getByLabel(`People with a verified address at ${domain}`).selectOption("auto");
    await page.getByText(`Joining by ${domain} changed`).first().waitFor();
    await page.getByRole("button", { name: `Remove ${domain}` }).click();
    await page.getByRole("button", { name: "Remove domain" }).click();
    await page.getByText("No domains yet").waitFor();
  });

  test("a link of nobody's confirms nothing and says so", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await page.goto(`/${organization.slug}/settings/domains/confirm?token=${"x".repeat(43)}`);
    await page.getByRole("button", { name: "Confirm domain" }).click();
    await page.getByRole("main").getByRole("alert").waitFor();
  });

  test("somebody with a verified address there asks, is approved, and is in", async ({ people }) => {
    const [ada, grace] = [await people.person("Ada", "Acme"), await people.person("Grace", "Globex")];
    const domain = await openDomain(ada, "ask");
    await verifyAddress(grace, domain);
    await grace.page.goto("/new");
    await grace.page.getByRole("button", { name: "Ask to join Acme" }).click();
    await grace.page.getByText("Request sent").waitFor();
    await ada.page.goto(`/${ada.organization.slug}/settings/domains`);
    await ada.page.getByRole("button", { name: "Approve Grace" }).click();
    await ada.page.getByText("Grace is a member now").first().waitFor();
    await grace.page.goto(`/${ada.organization.slug}/dashboard`);
    await grace.page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  });

  test("where the domain lets in at once, one click joins; an address that is not verified sees nothing", async ({
    people,
  }) => {
    const [ada, grace] = [await people.person("Ada", "Acme"), await people.person("Grace", "Globex")];
    const domain = await openDomain(ada, "auto");
    await query("update auth.users set email = $2 where id = $1", [grace.userId, `grace@${domain}`]);
    await grace.page.goto("/new");
    await grace.page.getByRole("button", { name: "Create organization" }).waitFor();
    expect(await grace.page.getByText("Organizations you can join").count()).toBe(0);
    await verifyAddress(grace, domain);
    await grace.page.reload();
    await grace.page.getByRole("button", { name: "Join Acme" }).click();
    await grace.page.waitForURL(`**/${ada.organization.slug}/dashboard`);
  });
});

async function openDomain({ organization: { id } }: Person, mode: "ask" | "auto"): Promise<string> {
  const domain = `acme-${id.slice(-12)}.com`;
  await query("insert into rowhouse.domains (organization_id, domain, mode, token) values ($1, $2, $3, $4)", [
    id,
    domain,
    mode,
    "x".repeat(32),
  ]);
  await verify(id);
  return domain;
}

/** As after a look into DNS, which a test has none of. */
async function verify(organizationId: string): Promise<void> {
  await query(
    "update rowhouse.domains set status = 'verified', method = 'dns', verified_at = now() where organization_id = $1",
    [organizationId],
  );
}

async function verifyAddress({ userId, name }: Person, domain: string): Promise<void> {
  await query("update auth.users set email = $2, email_verified = true where id = $1", [
    userId,
    `${name.toLowerCase()}@${domain}`,
  ]);
}
