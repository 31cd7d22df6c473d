import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { expectAccessible, expectNoSidewaysScroll, goTo, sizes, type State } from "./expect-accessible.ts";
import { escapeBackTo, focusedName, tabTo } from "./keyboard.ts";
import { test, type Person } from "./people.ts";
import { query } from "./product-database.ts";
import { createLink, invite, linkInMail, rowMenu } from "./team-places.ts";

describe.each(["desk", "phone"] as const)("at the size of a %s", (size) => {
  test("the pages about people break no rule of WCAG 2.2 AA", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    await ada.page.setViewportSize(sizes[size]);
    await addMembers(ada);
    await expectAccessible(ada.page, teamStates(ada));
  });

  test("the pages of an invitation break no rule of WCAG 2.2 AA", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const email = `edsger-${Date.now()}@example.com`;
    await invite(ada, email);
    await ada.page.getByText("Invitation sent", { exact: true }).waitFor();
    const url = await linkInMail(ada.organization.id, email);
    const { page } = await people.visitor();
    for (const each of [page, ada.page]) {
      await each.setViewportSize(sizes[size]);
    }
    await expectAccessible(ada.page, [{ name: "the wrong account", open: (opened) => goTo(opened, url) }]);
    await expectAccessible(page, strangerStates(url));
  });
});

test("no page about people scrolls sideways at 320 pixels", async ({ people }) => {
  const ada = await people.person("Ada", `Acme ${"and-a-very-long-word-".repeat(3)}`);
  await addMembers(ada);
  const url = await createLink(ada, "Member");
  const stranger = await people.visitor();
  const at = `/${ada.organization.slug}/team`;
  for (const [{ page }, paths] of [
    [ada, [at, `${at}/invitations`, `${at}/service-accounts`, `${at}/roles`]],
    [stranger, [url]],
  ] as const) {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of paths) {
      await goTo(page, path);
      await expectNoSidewaysScroll(page, path);
    }
  }
});

test("people can be managed with the keyboard alone", async ({ people }) => {
  const ada = await people.person("Ada", "Acme");
  const { page, organization } = ada;
  await addMembers(ada);
  await goTo(page, `/${organization.slug}/team`);
  await tabTo(page, "Actions for Grace");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Owner");
  await page.keyboard.press("End");
  await expect.poll(() => focusedName(page)).toBe("Remove…");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Cancel");
  await escapeBackTo(page, "Actions for Grace");
  await tabTo(page, "Invitations", { backwards: true });
  await page.keyboard.press("Enter");
  await page.waitForURL("**/team/invitations");
  await page.getByRole("heading", { name: "No open invitations" }).waitFor();
  await tabTo(page, "Invite people");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Email addresses");
  await page.keyboard.type("nobody");
  await tabTo(page, "Send invitations");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page), { message: "the report takes the focus" }).toBe("Nobody was invited.");
  await tabTo(page, "Done");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page), { message: "and gives it back" }).toBe("Invite people");
});

function teamStates(ada: Person): readonly State[] {
  const at = `/${ada.organization.slug}/team`;
  return [
    { name: "the members", open: (page) => goTo(page, at) },
    {
      name: "a member's menu",
      open: async (page) => {
        await page.getByRole("button", { name: "Actions for Grace", exact: true }).click();
        await page.getByRole("menuitem", { name: "Remove…" }).waitFor();
      },
    },
    {
      name: "the question before a removal",
      open: async (page) => {
        await page.getByRole("menuitem", { name: "Remove…" }).click();
        await page.getByRole("alertdialog").getByRole("button", { name: "Remove member" }).waitFor();
      },
    },
    { name: "a search for nobody", open: (page) => goTo(page, `${at}?q=nobody`) },
    { name: "the roles", open: (page) => goTo(page, `${at}/roles`) },
    { name: "no invitations", open: (page) => goTo(page, `${at}/invitations`) },
    { name: "a new link", open: (page) => openLinkDialog(page) },
    {
      name: "the report of a pasted list",
      open: async (page) => {
        await invite({ ...ada, page }, `barbara-${Date.now()}@example.com, nobody`);
        await page.getByText("1 of 2 was invited.").waitFor();
      },
    },
    {
      name: "invitations of every kind",
      open: async (page) => {
        await createLink({ ...ada, page }, "Member");
        await rowMenu(page, "Link for several people", "Revoke…");
        await page.getByRole("alertdialog").getByRole("button", { name: "Revoke invitation" }).click();
        await goTo(page, `${at}/invitations?status=all`);
      },
    },
    { name: "no service accounts", open: (page) => goTo(page, `${at}/service-accounts`) },
    {
      name: "a service account",
      open: async (page) => {
        await page.getByRole("button", { name: "New service account" }).click();
        await page.getByRole("dialog").getByLabel("Name").fill("Deploy");
        await page.getByRole("dialog").getByRole("button", { name: "Create service account" }).click();
        await page.getByRole("list", { name: "Service accounts" }).getByText("Deploy").waitFor();
      },
    },
  ];
}

function strangerStates(url: string): readonly State[] {
  return [
    { name: "an invitation", open: (page) => goTo(page, url) },
    {
      name: "an invitation with errors",
      open: async (page) => {
        await page.getByRole("button", { name: "Create account and join" }).click();
        await page.getByText("Enter your name.").waitFor();
      },
    },
    {
      name: "a declined invitation",
      open: async (page) => {
        await page.getByRole("button", { name: "Decline" }).click();
        await page.getByRole("heading", { name: "You declined the invitation" }).waitFor();
      },
    },
    { name: "a closed invitation", open: (page) => goTo(page, url) },
  ];
}

async function openLinkDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Create link" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Number of people").fill("many");
  await dialog.getByRole("button", { name: "Create link" }).click();
  await dialog.getByText("Enter a whole number").waitFor();
}

/** Grace, who is suspended; somebody with a long name; and enough others for a second page. */
async function addMembers({ organization }: Person): Promise<void> {
  await query(
    `with people as (
       insert into auth.users (id, name, email)
       select gen_random_uuid(), case n when 1 then 'Grace' when 2 then repeat('Wolfeschlegelstein', 5) else 'Member ' || n end,
         'm' || n || '-' || $1 || '@example.com'
       from generate_series(1, 22) n returning id, name, email)
     insert into rowhouse.memberships (organization_id, user_id, role, status, name, email)
     select $1::uuid, id, 'admin', case name when 'Grace' then 'suspended' else 'active' end, name, email from people`,
    [organization.id],
  );
}
