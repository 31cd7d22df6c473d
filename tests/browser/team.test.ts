import type { Locator } from "playwright-core";
import { describe, expect } from "vitest";
import { test, type Person } from "./people.ts";
import { addMembership, insertProjects, query } from "./product-database.ts";
import { rowMenu } from "./team-places.ts";

/** Ada owns Acme; Grace, who owns another organization, is a member of it. */
async function team(people: { person(name: string, organization: string): Promise<Person> }) {
  const [ada, grace] = await Promise.all([people.person("Ada", "Acme"), people.person("Grace", "Globex")]);
  const membership = { organizationId: ada.organization.id, userId: grace.userId };
  await addMembership(membership, "member");
  await query(
    "update rowhouse.memberships set name = 'Grace', email = $3 where organization_id = $1 and user_id = $2",
    [membership.organizationId, membership.userId, grace.email],
  );
  return { ada, grace, at: `/${ada.organization.slug}`, membership };
}

describe("members", () => {
  test("another role shows at once, is told by mail and in the log, and bites on the member's next click", async ({
    people,
  }) => {
    const { ada, grace, at } = await team(people);
    await insertProjects(ada.organization.id, ["Website"]);
    await grace.page.goto(`${at}/projects`);
    await grace.page.getByRole("button", { name: "New project" }).waitFor();
    await ada.page.goto(`${at}/team`);
    await rowMenu(ada.page, "Grace", "Viewer");
    await row(ada, "Grace").getByText("Viewer").waitFor();
    await expect.poll(() => roleOf(ada.organization.id, grace.userId)).toBe("viewer");
    expect(await mailsTo(grace.email)).toEqual(["role-changed"]);
    expect(await lastEvent(ada.organization.id)).toMatchObject({ action: "member.role-changed", hasOrigin: true });

    await grace.page.getByRole("button", { name: "New project" }).click();
    await grace.page.getByRole("dialog").getByLabel("Name").fill("Too late");
    await grace.page.getByRole("dialog").getByRole("button", { name: "Create project" }).click();
    await grace.page.getByText("Your role in this organization does not allow this.").waitFor();
    await grace.page.goto(`${at}/projects`);
    await grace.page.getByRole("link", { name: "Website" }).waitFor();
    expect(await grace.page.getByRole("button", { name: "New project" }).count()).toBe(0);
  });

  test("somebody removed gets a 404 on the next click, and a mail", async ({ people }) => {
    const { ada, grace, at } = await team(people);
    await grace.page.goto(`${at}/dashboard`);
    await ada.page.goto(`${at}/team`);
    await rowMenu(ada.page, "Grace", "Remove…");
    await ada.page.getByRole("alertdialog").getByRole("button", { name: "Remove member" }).click();
    await ada.page.getByText("Removed Grace", { exact: true }).waitFor();
    expect(await row(ada, "Grace").count()).toBe(0);
    expect(await mailsTo(grace.email)).toEqual(["removed"]);
    grace.watch.allow(/status of 404/);
    await grace.page.getByRole("navigation", { name: "Organization" }).getByRole("link", { name: "Projects" }).click();
    await grace.page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
    expect((await grace.context.request.get(`${at}/projects`)).status()).toBe(404);
  });

  test("somebody suspended is out until restored", async ({ people }) => {
    const { ada, grace, at } = await team(people);
    await ada.page.goto(`${at}/team`);
    await rowMenu(ada.page, "Grace", "Suspend");
    await row(ada, "Grace").getByText("Suspended").waitFor();
    await expect.poll(async () => (await grace.context.request.get(`${at}/projects`)).status()).toBe(404);
    await rowMenu(ada.page, "Grace", "Restore");
    await expect.poll(async () => (await grace.context.request.get(`${at}/projects`)).status()).toBe(200);
  });

  test("the last owner can neither leave nor step down, and is told why; a member can leave", async ({ people }) => {
    const { ada, grace, at } = await team(people);
    await ada.page.goto(`${at}/team`);
    await rowMenu(ada.page, "Ada", "Leave organization…");
    await ada.page.getByRole("alertdialog").getByRole("button", { name: "Leave organization" }).click();
    await ada.page.getByText("An organization needs an owner. Make somebody else one first.").first().waitFor();
    await rowMenu(ada.page, "Ada", "Member");
    await ada.page.getByRole("alertdialog").getByRole("button", { name: "Change my role" }).click();
    await ada.page.getByText("The role of Ada was not changed").first().waitFor();
    await row(ada, "Ada").getByText("Owner").waitFor();
    expect(await roleOf(ada.organization.id, ada.userId)).toBe("owner");

    await grace.page.goto(`${at}/team`);
    await rowMenu(grace.page, "Grace", "Leave organization…");
    await grace.page.getByRole("alertdialog").getByRole("button", { name: "Leave organization" }).click();
    await grace.page.waitForURL(`**/${grace.organization.slug}/dashboard`);
    expect(await roleOf(ada.organization.id, grace.userId)).toBeUndefined();
  });

  test("ownership changes hands, and the one who gave it is an admin from then on", async ({ people }) => {
    const { ada, grace, at } = await team(people);
    await ada.page.goto(`${at}/team`);
    await rowMenu(ada.page, "Grace", "Transfer ownership…");
    await ada.page.getByRole("alertdialog").getByRole("button", { name: "Transfer ownership" }).click();
    await ada.page.getByText("Grace is an owner now", { exact: true }).waitFor();
    await row(ada, "Ada").getByText("Admin").waitFor();
    expect(await roleOf(ada.organization.id, grace.userId)).toBe("owner");
    expect(await ada.page.getByRole("button", { name: "Actions for Grace" }).count()).toBe(0);
  });

  test("a viewer sees the members and the roles, and nothing to change", async ({ people }) => {
    const { grace, at, membership } = await team(people);
    await query("update rowhouse.memberships set role = 'viewer' where organization_id = $1 and user_id = $2", [
      membership.organizationId,
      membership.userId,
    ]);
    await grace.page.goto(`${at}/team`);
    await row(grace, "Ada").waitFor();
    expect(await grace.page.getByRole("button", { name: "Actions for Ada" }).count()).toBe(0);
    const tabs = grace.page.getByRole("navigation", { name: "Team" }).getByRole("link");
    expect(await tabs.allInnerTexts()).toEqual(["Members", "Roles"]);
    await grace.page.goto(`${at}/team/roles`);
    const cells = grace.page
      .getByRole("row", { name: /^Create/ })
      .first()
      .getByRole("cell");
    expect(await cells.allInnerTexts()).toEqual(["Yes", "Yes", "No", "No"]);
    await grace.page.goto(`${at}/team/invitations`);
    await grace.page.getByRole("heading", { level: 1, name: "Not allowed" }).waitFor();
  });

  test("are searched, sorted and paged, and shown in German to who prefers it", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    await query(
      `with people as (
         insert into auth.users (id, name, email)
         select gen_random_uuid(), 'Member ' || lpad(n::text, 2, '0'), 'm' || n || '-' || $1 || '@example.com'
         from generate_series(1, 25) n returning id, name, email)
       insert into rowhouse.memberships (organization_id, user_id, role, name, email)
       select $1::uuid, id, 'member', name, email from people`,
      [ada.organization.id],
    );
    await ada.page.goto(`/${ada.organization.slug}/team`);
    const items = ada.page.getByRole("list", { name: "Members" }).getByRole("listitem");
    await expect.poll(() => items.count()).toBe(20);
    await ada.page.getByRole("link", { name: "Next" }).click();
    await expect.poll(() => items.count()).toBe(6);
    await ada.page.getByLabel("Search members").fill("m25-");
    await expect.poll(() => items.count()).toBe(1);
    await items.getByText("Member 25").waitFor();
    await ada.context.addCookies([{ name: "rowhouse_language", value: "de", url: ada.page.url() }]);
    await ada.page.goto(`/${ada.organization.slug}/team`);
    await ada.page.getByRole("list", { name: "Mitglieder" }).waitFor();
  });
});

test("a service account is made, renamed, given another role and disabled, and each is in the log", async ({
  people,
}) => {
  const { page, organization } = await people.person("Ada", "Acme");
  await page.goto(`/${organization.slug}/team/service-accounts`);
  await page.getByRole("button", { name: "New service account" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Deploy");
  await page.getByRole("dialog").getByRole("button", { name: "Create service account" }).click();
  await rowMenu(page, "Deploy", "Rename");
  await page.getByRole("textbox", { name: "Name" }).fill("Release");
  await page.getByRole("textbox", { name: "Name" }).press("Enter");
  await rowMenu(page, "Release", "Viewer");
  const list = page.getByRole("list", { name: "Service accounts" });
  await list.getByText("Viewer").waitFor();
  await rowMenu(page, "Release", "Disable");
  await list.getByText("Disabled").waitFor();
  const stored = () =>
    query("select name, role, status from rowhouse.service_accounts where organization_id = $1", [organization.id]);
  await expect.poll(stored).toEqual([{ name: "Release", role: "viewer", status: "disabled" }]);
  const events = await query<{ action: string }>(
    "select action from rowhouse.audit_events where organization_id = $1 and action like 'service-account.%' order by sequence",
    [organization.id],
  );
  expect(events.map(({ action }) => action.split(".")[1])).toEqual(["created", "renamed", "role-changed", "disabled"]);
});

test("an address under an old slug answers 308 to the same page under the new one, with its query", async ({
  people,
}) => {
  const ada = await people.person("Ada", "Acme");
  const grace = await people.person("Grace", "Globex");
  const old = ada.organization.slug;
  const slug = `${old}-renamed`;
  await query("insert into rowhouse.organization_slugs (slug, organization_id) values ($1, $2)", [
    slug,
    ada.organization.id,
  ]);
  await query("update rowhouse.organizations set slug = $1 where id = $2", [slug, ada.organization.id]);
  for (const rest of ["/projects?sort=name&q=a%26b", "/team/roles", "/dashboard"]) {
    const answer = await ada.context.request.get(`/${old}${rest}`, { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location], rest).toEqual([308, `/${slug}${rest}`]);
    expect((await grace.context.request.get(`/${old}${rest}`, { maxRedirects: 0 })).status(), "a stranger").toBe(404);
  }
  expect((await ada.context.request.get(`/${ada.organization.id}/projects`)).status()).toBe(404);
});

function row({ page }: Person, name: string): Locator {
  return page.getByRole("list", { name: "Members" }).getByRole("listitem").filter({ hasText: name });
}

async function roleOf(organizationId: string, userId: string): Promise<string | undefined> {
  const [member] = await query<{ role: string }>(
    "select role from rowhouse.memberships where organization_id = $1 and user_id = $2",
    [organizationId, userId],
  );
  return member?.role;
}

async function mailsTo(email: string): Promise<string[]> {
  const rows = await query<{ template: string }>(
    "select template from rowhouse.outbox where recipient = $1 order by created_at",
    [email],
  );
  return rows.map(({ template }) => template);
}

async function lastEvent(organizationId: string): Promise<unknown> {
  const [event] = await query(
    `select action, ip is not null and user_agent is not null and request_id is not null as "hasOrigin"
     from rowhouse.audit_events where organization_id = $1 order by sequence desc limit 1`,
    [organizationId],
  );
  return event;
}
