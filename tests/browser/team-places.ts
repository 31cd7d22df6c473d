import { createHash, randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import type { Person, Visitor } from "./people.ts";
import { query } from "./product-database.ts";

/** Makes an invitation link as a person does, and takes it from the page. */
export async function createLink({ page, organization }: Person, role: string): Promise<string> {
  await page.goto(`/${organization.slug}/team/invitations`);
  await page.getByRole("button", { name: "Create link" }).click();
  const dialog = page.getByRole("dialog", { name: "Create an invitation link" });
  await dialog.getByLabel("Role").selectOption(role);
  await dialog.getByRole("button", { name: "Create link" }).click();
  const url = await dialog.getByLabel("Link", { exact: true }).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  return url;
}

/** Invites addresses as a person does; what is said of it is left open. */
export async function invite({ page, organization }: Person, addresses: string, role = "Member"): Promise<void> {
  await page.goto(`/${organization.slug}/team/invitations`);
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  await dialog.getByLabel("Email addresses").fill(addresses);
  await dialog.getByLabel("Role").selectOption(role);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
}

/**
 * The address in the mail to somebody invited. Only a hash of it is kept, so the invitation gets a token that the test
 * knows, and counts as sent.
 */
export async function linkInMail(organizationId: string, email: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const rows = await query(
    `update rowhouse.invitations set token_hash = $3, status = 'sent', sent_at = now()
     where organization_id = $1 and email = $2 and status in ('created', 'sent') returning id`,
    [organizationId, email, createHash("sha256").update(token).digest()],
  );
  if (rows.length !== 1) throw new Error(`${email} has ${rows.length} open invitations.`);
  return `/join/${token}`;
}

/** Follows an invitation and makes an account; ends on the dashboard. */
export async function signUpBy(
  { page }: Visitor,
  url: string,
  person: { name: string; email?: string },
): Promise<void> {
  await page.goto(url);
  if (person.email !== undefined) await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Password", { exact: true }).fill("solid brick walls");
  await page.getByRole("button", { name: "Create account and join" }).click();
  await page.waitForURL("**/dashboard");
}

/** Chooses from the menu of a row. */
export async function rowMenu(page: Page, name: string, item: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  await page
    .getByRole("menu")
    .getByText(item, { exact: typeof item === "string" })
    .click();
}
