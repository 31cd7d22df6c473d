import { describe, expect } from "vitest";
import { expectAccessible, expectNoSidewaysScroll, goTo, sizes, type State } from "./expect-accessible.ts";
import { escapeBackTo, focusedName, tabTo } from "./keyboard.ts";
import { test, type Person } from "./people.ts";
import { rowMenu } from "./team-places.ts";

describe.each(["desk", "phone"] as const)("at the size of a %s", (size) => {
  test("the settings break no rule of WCAG 2.2 AA", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    await ada.page.setViewportSize(sizes[size]);
    await expectAccessible(ada.page, [...generalStates(ada), ...keyStates(ada), ...domainStates(ada)]);
  });
});

describe.each([320, 360])("at %i pixels", (width) => {
  test("no settings scroll sideways", async ({ people }) => {
    const ada = await people.person("Ada", `Acme ${"and-a-very-long-word-".repeat(3)}`);
    const { page, organization } = ada;
    const at = `/${organization.slug}`;
    await page.setViewportSize({ width, height: 640 });
    await createKey(ada, "A-key-with-an-unbroken-name-".repeat(3));
    await expectNoSidewaysScroll(page, "a new key");
    await addDomain(
      ada,
      `${"long-".repeat(8)}name-${organization.id.slice(-12)}.${"part-".repeat(8)}x.example-company.com`,
    );
    await expectNoSidewaysScroll(page, "a new domain");
    for (const path of ["settings", "settings/keys", "settings/domains"]) {
      await goTo(page, `${at}/${path}`);
      await expectNoSidewaysScroll(page, path);
    }
    await goTo(page, `${at}/settings/keys`);
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
    await page.getByText("Enter a name.").waitFor();
    await expectNoSidewaysScroll(page, "the form of a key with errors");
  });
});

describe("with the keyboard alone", () => {
  test("the profile is saved, and a refused one takes the focus to its field", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await goTo(page, `/${organization.slug}/settings`);
    await tabTo(page, "Organization name");
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await tabTo(page, "Save profile");
    await page.keyboard.press("Enter");
    await expect.poll(() => focusedName(page)).toBe("Organization name");
    await page.keyboard.type("Acme Works");
    await page.keyboard.press("Enter");
    await page.getByText("Profile saved").first().waitFor();
  });

  test("a key is made, copied away and revoked, and the focus always has a place", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await goTo(page, `/${organization.slug}/settings/keys`);
    await tabTo(page, "New key");
    await page.keyboard.press("Enter");
    await expect.poll(() => focusedName(page)).toBe("Name");
    await page.keyboard.type("Deployment");
    await tabTo(page, "Select all");
    await page.keyboard.press("Enter");
    await tabTo(page, "Create key");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your new key" }).waitFor();
    await tabTo(page, "Done");
    await page.keyboard.press("Enter");
    await expect.poll(() => focusedName(page), { message: "the focus goes back to the button" }).toBe("New key");
    await tabTo(page, "Actions for Deployment");
    await page.keyboard.press("Enter");
    await expect.poll(() => focusedName(page)).toBe("Rotate…");
    await page.keyboard.press("End");
    await expect.poll(() => focusedName(page)).toBe("Revoke…");
    await page.keyboard.press("Enter");
    await expect.poll(() => focusedName(page)).toBe("Cancel");
    await escapeBackTo(page, "Actions for Deployment");
  });

  test("a domain is added, and the question before its removal gives the focus back", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    const domain = `acme-${organization.id.slice(-12)}.com`;
    await goTo(page, `/${organization.slug}/settings/domains`);
    await tabTo(page, "Domain");
    await page.keyboard.type("gmail.com");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByLabel("Domain", { exact: true }).getAttribute("aria-invalid")).toBe("true");
    await expect.poll(() => focusedName(page)).toBe("Domain");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(domain);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 3, name: domain }).waitFor();
    await tabTo(page, `Remove ${domain}`);
    await page.keyboard.press("Enter");
    await expect.poll(() => focusedName(page)).toBe("Cancel");
    await escapeBackTo(page, `Remove ${domain}`);
  });
});

function generalStates({ organization }: Person): readonly State[] {
  return [
    { name: "general settings", open: (page) => goTo(page, `/${organization.slug}/settings`) },
    {
      name: "general settings with errors",
      open: async (page) => {
        await page.getByLabel("Name in links").fill("no spaces");
        await page.getByText("Use 1 to 48 letters").first().waitFor();
        await page.getByLabel("Organization name").fill("");
        await page.getByRole("button", { name: "Save profile" }).click();
        await page.getByText("Enter a name.").waitFor();
      },
    },
  ];
}

function keyStates(ada: Person): readonly State[] {
  return [
    { name: "no keys", open: (page) => goTo(page, `/${ada.organization.slug}/settings/keys`) },
    {
      name: "the form of a key with errors",
      open: async (page) => {
        await page.getByRole("button", { name: "New key" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
        await page.getByText("Enter a name.").waitFor();
      },
    },
    { name: "a new key, shown once", open: () => createKey(ada, "Deployment", { isLeftOpen: true }) },
    {
      name: "the keys",
      open: async (page) => {
        await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
        await page.getByRole("button", { name: "Actions for Deployment" }).waitFor();
      },
    },
    {
      name: "the question before a key is revoked",
      open: async (page) => {
        await rowMenu(page, "Deployment", "Revoke…");
        await page.getByRole("alertdialog").waitFor();
      },
    },
    { name: "a search for no key", open: (page) => goTo(page, `/${ada.organization.slug}/settings/keys?q=nothing`) },
  ];
}

function domainStates(ada: Person): readonly State[] {
  const at = `/${ada.organization.slug}/settings/domains`;
  return [
    { name: "no domains", open: (page) => goTo(page, at) },
    {
      name: "a domain that cannot be added",
      open: async (page) => {
        await page.getByLabel("Domain", { exact: true }).fill("gmail.com");
        await page.getByRole("button", { name: "Add domain" }).click();
        await expect.poll(() => page.getByLabel("Domain", { exact: true }).getAttribute("aria-invalid")).toBe("true");
      },
    },
    { name: "a domain and its proof", open: () => addDomain(ada, `acme-${ada.organization.id.slice(-12)}.com`) },
    {
      name: "the question before a domain is removed",
      open: async (page) => {
        await page.getByRole("button", { name: /^Remove acme-/ }).click();
        await page.getByRole("alertdialog").waitFor();
      },
    },
    { name: "the confirmation of a domain", open: (page) => goTo(page, `${at}/confirm?token=${"x".repeat(43)}`) },
  ];
}

/** Makes a key that may do everything; the dialog shows it. */
async function createKey({ page, organization }: Person, name: string, { isLeftOpen = false } = {}): Promise<void> {
  await goTo(page, `/${organization.slug}/settings/keys`);
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByRole("button", { name: "Select all" }).click();
  await dialog.getByRole("button", { name: "Create key" }).click();
  await page.getByRole("heading", { name: "Your new key" }).waitFor();
  if (!isLeftOpen) await dialog.getByRole("button", { name: "Done" }).click();
}

async function addDomain({ page, organization }: Person, domain: string): Promise<void> {
  await goTo(page, `/${organization.slug}/settings/domains`);
  await page.getByLabel("Domain", { exact: true }).fill(domain);
  await page.getByRole("button", { name: "Add domain" }).click();
  await page.getByRole("heading", { level: 3, name: domain }).waitFor();
}
