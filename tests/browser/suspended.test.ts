import { expect, inject } from "vitest";
import { test } from "./people.ts";
import { addMembership, query } from "./product-database.ts";

test("a suspended organization says so on each of its pages, in the reader's language, and the switcher leads away", async ({
  people,
}) => {
  const [ada, grace] = [await people.person("Ada", "Acme"), await people.person("Grace", "Globex")];
  await addMembership({ organizationId: grace.organization.id, userId: ada.userId }, "member");
  const { page, context, organization } = ada;
  const at = `/${organization.slug}`;
  await page.goto(`${at}/dashboard`);
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  // With a logo, which nobody gets while the organization is suspended and the frame therefore must not ask for.
  await query("update rowhouse.organizations set status = 'suspended', logo_key = $2 where id = $1", [
    organization.id,
    `${organization.id}/logos/${"0".repeat(32)}.webp`,
  ]);

  const navigation = page.getByRole("navigation", { name: "Organization" });
  await navigation.getByRole("link", { name: "Projects" }).click();
  await page.getByRole("heading", { level: 1, name: "Suspended" }).waitFor();
  for (const path of ["dashboard", "projects", "team", "team/invitations", "audit", "settings", "settings/keys"]) {
    await page.goto(`${at}/${path}`);
    await page.getByRole("heading", { name: "This organization is suspended" }).waitFor();
    await page.getByText(/ask support to restore it/).waitFor();
  }
  await context.addCookies([{ name: "rowhouse_language", value: "de", url: inject("productUrl") }]);
  await page.goto(`${at}/team`);
  await page.getByRole("heading", { name: "Diese Organisation ist gesperrt" }).waitFor();
  await expect.poll(() => page.title()).toBe("Gesperrt · Acme · Rowhouse");

  await page.getByRole("button", { name: "Organisation: Acme" }).click();
  await page.getByRole("link", { name: "Globex" }).click();
  await page.waitForURL(`**/${grace.organization.slug}/dashboard`);
  await page.getByRole("heading", { level: 1, name: "Übersicht" }).waitFor();
});

test("a suspended organization is as unknown to strangers as any, and a deleted one to everybody", async ({
  people,
}) => {
  const [ada, grace] = [await people.person("Ada", "Acme"), await people.person("Grace", "Globex")];
  const statusFor = async ({ page }: typeof ada) => (await page.goto(`/${ada.organization.slug}/projects`))?.status();
  for (const { watch } of [ada, grace]) watch.allow(/status of 404/);
  await query("update rowhouse.organizations set status = 'suspended' where id = $1", [ada.organization.id]);
  expect(await statusFor(grace)).toBe(404);
  await grace.page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
  expect(await statusFor(ada)).toBe(200);
  await query("delete from rowhouse.organizations where id = $1", [ada.organization.id]);
  expect(await statusFor(ada)).toBe(404);
});
