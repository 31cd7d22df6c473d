import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { expectAccessible, expectNoSidewaysScroll, goTo, sizes, type State } from "./expect-accessible.ts";
import { tabTo } from "./keyboard.ts";
import { test, type Person } from "./people.ts";

describe.each(["desk", "phone"] as const)("at the size of a %s", (size) => {
  test("the audit log breaks no rule of WCAG 2.2 AA", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    await ada.page.setViewportSize(sizes[size]);
    await rename(ada);
    await expectAccessible(ada.page, auditStates(ada));
  });
});

describe.each([320, 360])("at %i pixels", (width) => {
  test("the audit log does not scroll sideways, whatever it holds", async ({ people }) => {
    const ada = await people.person("Ada", `Acme ${"and-a-very-long-word-".repeat(3)}`);
    const { page, organization } = ada;
    await page.setViewportSize({ width, height: 640 });
    await rename(ada, "Unbroken-".repeat(11));
    for (const path of ["audit?q=nothing", "audit"]) {
      await goTo(page, `/${organization.slug}/${path}`);
      await expectNoSidewaysScroll(page, path);
    }
    await openEvent(page, "Profile changed");
    await expectNoSidewaysScroll(page, "an event's details");
  });
});

test("the audit log is opened, narrowed and verified with the keyboard alone", async ({ people }) => {
  const ada = await people.person("Ada", "Acme");
  const { page, organization } = ada;
  await rename(ada);
  await goTo(page, `/${organization.slug}/audit`);
  await tabTo(page, /^Profile changed/);
  await page.keyboard.press("Enter");
  await page.getByRole("table", { name: "Changes" }).waitFor();
  await tabTo(page, "Only events by Ada");
  await page.keyboard.press("Enter");
  await page.waitForURL(/[?&]actor=/);
  await page.getByRole("link", { name: "Clear filters" }).waitFor();
  await tabTo(page, "Clear filters", { backwards: true });
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).search).toBe("");
  await goTo(page, `/${organization.slug}/audit`);
  await tabTo(page, "Verify");
  await page.keyboard.press("Enter");
  await page.getByText(/^Verified:/).waitFor();
});

function auditStates({ organization }: Person): readonly State[] {
  const at = `/${organization.slug}/audit`;
  return [
    { name: "the audit log", open: (page) => goTo(page, at) },
    { name: "an event's details", open: (page) => openEvent(page, "Profile changed") },
    {
      name: "the choice of an export",
      open: async (page) => {
        await page.getByRole("button", { name: "Export" }).click();
        await page.getByRole("menuitem", { name: "CSV, for spreadsheets" }).waitFor();
      },
    },
    {
      name: "a verified log",
      open: async (page) => {
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Verify" }).click();
        await page.getByText(/^Verified:/).waitFor();
      },
    },
    { name: "a search for no event", open: (page) => goTo(page, `${at}?q=nothing`) },
  ];
}

/** A change, for the log to show. */
async function rename({ page, organization }: Person, name = "Acme Works"): Promise<void> {
  await goTo(page, `/${organization.slug}/settings`);
  await page.getByLabel("Organization name").fill(name);
  await page.getByRole("button", { name: "Save profile" }).click();
  await page.getByText("Profile saved").first().waitFor();
}

async function openEvent(page: Page, action: string): Promise<void> {
  await page.getByRole("list", { name: "Events" }).locator("summary").filter({ hasText: action }).first().click();
  await page.getByText("Only events by Ada").first().waitFor();
}
