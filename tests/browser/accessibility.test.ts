import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { expectAccessible, expectNoSidewaysScroll, goTo, sizes, type State } from "./expect-accessible.ts";
import { test, type Person, type Visitor } from "./people.ts";
import { addMembership, insertProjects, insertTasks } from "./product-database.ts";
import { escapeBackTo, expectVisibleFocus, focusedName, tabTo } from "./keyboard.ts";

describe.each(["desk", "phone"] as const)("at the size of a %s", (size) => {
  test("the pages for strangers break no rule of WCAG 2.2 AA", async ({ people }) => {
    const visitor = await people.visitor();
    await visitor.page.setViewportSize(sizes[size]);
    await expectAccessible(visitor.page, strangerStates);
  });

  test("an organization without anything in it breaks no rule of WCAG 2.2 AA", async ({ people }) => {
    const person = await people.person("Ada", "Acme");
    await arrange(person, size);
    await expectAccessible(person.page, emptyStates(person));
  });

  test("an organization with projects and tasks breaks no rule of WCAG 2.2 AA", async ({ people }) => {
    const person = await people.person("Ada", "Acme");
    await arrange(person, size);
    const projectId = await fill(person);
    await expectAccessible(person.page, filledStates(person, { projectId, size }));
  });
});

test("a viewer's pages, which hide what the role cannot do, break no rule of WCAG 2.2 AA", async ({ people }) => {
  const [ada, grace] = await Promise.all([people.person("Ada", "Acme"), people.person("Grace", "Globex")]);
  const projectId = await fill(ada);
  await addMembership({ organizationId: ada.organization.id, userId: grace.userId }, "viewer");
  const at = `/${ada.organization.slug}`;
  await expectAccessible(grace.page, [
    { name: "a viewer's dashboard", open: (page) => goTo(page, `${at}/dashboard`) },
    { name: "a viewer's projects", open: (page) => goTo(page, `${at}/projects`) },
    { name: "a viewer's project", open: (page) => goTo(page, `${at}/projects/${projectId}`) },
  ]);
  expect(await grace.page.getByRole("checkbox").first().isDisabled()).toBe(true);
});

test("no page scrolls sideways at 320 pixels", async ({ people }) => {
  const person = await people.person("Ada", `Acme ${"and-a-very-long-word-".repeat(3)}`);
  const projectId = await fill(person);
  await insertProjects(person.organization.id, ["An-unbroken-name-of-one-hundred-characters-".repeat(3).slice(0, 100)]);
  await insertTasks({ organizationId: person.organization.id, projectId }, ["w".repeat(200)]);
  person.watch.allow(/status of 404/);
  const stranger = await people.visitor();
  const at = `/${person.organization.slug}`;
  const places: [Visitor, string[]][] = [
    [stranger, ["/", "/sign-in", "/sign-up"]],
    [person, ["/new", "/nowhere/projects", `${at}/dashboard`, `${at}/projects`, `${at}/projects/${projectId}`]],
  ];
  for (const [{ page }, paths] of places) {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of paths) {
      await goTo(page, path);
      await expectNoSidewaysScroll(page, path);
    }
  }
});

test("everything can be done with the keyboard alone, and the focus is always to be seen", async ({ people }) => {
  const ada = await people.person("Ada", "Acme");
  const { page, organization } = ada;
  await ada.context.clearCookies();
  await goTo(page, "/sign-in");
  await tabTo(page, "Email");
  await page.keyboard.type(ada.email);
  await tabTo(page, "Password");
  await page.keyboard.type(ada.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/${organization.slug}/dashboard`);
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();

  await tabTo(page, /^Organization: Acme/);
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toMatch(/Acme/);
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => focusedName(page)).toBe("Create organization");
  await expectVisibleFocus(page);
  await escapeBackTo(page, /^Organization: Acme/);

  await tabTo(page, "Projects");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/projects");
  await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
  await tabTo(page, "New project");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Name");
  await escapeBackTo(page, "New project");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Name");
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "By keyboard" }).waitFor();

  await tabTo(page, "Actions for By keyboard");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Rename");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Project name");
  await escapeBackTo(page, "Actions for By keyboard");

  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Rename");
  await page.keyboard.press("End");
  await expect.poll(() => focusedName(page)).toBe("Delete…");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toBe("Cancel");
  await escapeBackTo(page, "Actions for By keyboard");

  await tabTo(page, "By keyboard", { backwards: true });
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "By keyboard" }).waitFor();
  await tabTo(page, "New task");
  await page.keyboard.type("First");
  await page.keyboard.press("Enter");
  await page.getByText("1 open, 0 done").waitFor();
  expect(await focusedName(page), "the line stays ready for the next task").toBe("New task");
  await tabTo(page, "Complete First");
  await page.keyboard.press("Space");
  await page.getByText("0 open, 1 done").waitFor();
  expect(await focusedName(page)).toBe("Complete First");
});

const strangerStates: readonly State[] = [
  { name: "the start page", open: (page) => goTo(page, "/") },
  { name: "sign-in", open: (page) => goTo(page, "/sign-in?next=%2Fnew") },
  {
    name: "sign-up with errors",
    open: async (page) => {
      await goTo(page, "/sign-up");
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("Enter your name.").waitFor();
    },
  },
];

function emptyStates({ organization: { slug } }: Person): readonly State[] {
  return [
    { name: "a new organization's form", open: (page) => goTo(page, "/new") },
    { name: "the page that is not there", open: (page) => goTo(page, "/nowhere/projects") },
    { name: "an empty dashboard", open: (page) => goTo(page, `/${slug}/dashboard`) },
    { name: "no projects", open: (page) => goTo(page, `/${slug}/projects`) },
    {
      name: "the dialog for a new project, with an error",
      open: async (page) => {
        await page.getByRole("button", { name: "New project" }).click();
        await page.getByRole("button", { name: "Create project" }).click();
        await page.getByText("Enter a name.").waitFor();
      },
    },
    {
      name: "the notification of a new project",
      open: async (page) => {
        await page.getByLabel("Name").fill("Website");
        await page.getByRole("button", { name: "Create project" }).click();
        await page.getByText("Created “Website”").first().waitFor();
      },
    },
    { name: "a project without tasks", open: (page) => follow(page, "Website") },
    { name: "a search that finds nothing", open: (page) => goTo(page, `/${slug}/projects?q=nothing`) },
  ];
}

function filledStates(
  { organization: { slug } }: Person,
  { projectId, size }: { projectId: string; size: keyof typeof sizes },
): readonly State[] {
  const phone: State = {
    name: "the navigation sheet",
    open: async (page) => {
      await page.getByRole("button", { name: "Open navigation" }).click();
      await page.getByRole("dialog").getByRole("link", { name: "Dashboard" }).waitFor();
    },
  };
  const desk: State = { name: "the account menu", open: (page) => openMenu(page, "Account: Ada", "Sign out") };
  return [
    { name: "the dashboard", open: (page) => goTo(page, `/${slug}/dashboard`) },
    size === "phone" ? phone : desk,
    { name: "the projects", open: (page) => goTo(page, `/${slug}/projects`) },
    { name: "a row's menu", open: (page) => openMenu(page, "Actions for Project 22", "Rename") },
    {
      name: "a name under change",
      open: async (page) => {
        await page.getByRole("menuitem", { name: "Rename" }).click();
        await page.getByLabel("Project name").waitFor();
      },
    },
    {
      name: "the question before a deletion",
      open: async (page) => {
        await goTo(page, `/${slug}/projects`);
        await openMenu(page, "Actions for Project 22", "Delete…");
        await page.getByRole("menuitem", { name: "Delete…" }).click();
        await page.getByRole("button", { name: "Delete project" }).click();
        await page.getByText("This is not the name.").waitFor();
      },
    },
    {
      name: "the switcher",
      open: async (page) => {
        await goTo(page, `/${slug}/projects/${projectId}`);
        await page.getByRole("button", { name: "Organization: Acme" }).click();
        await page.getByRole("link", { name: "Create organization" }).waitFor();
      },
    },
    {
      name: "a project with tasks",
      open: async (page) => {
        await page.keyboard.press("Escape");
        await page.getByRole("checkbox", { name: "Complete Wireframes" }).check();
        await page.getByText(/2 open, 1 done/).waitFor();
      },
    },
    { name: "done tasks only", open: (page) => goTo(page, `/${slug}/projects/${projectId}?status=done`) },
  ];
}

async function arrange({ page, watch }: Person, size: keyof typeof sizes): Promise<void> {
  watch.allow(/status of 404/);
  await page.setViewportSize(sizes[size]);
}

/** 22 projects, so that there is a second page, and tasks in the newest. */
async function fill({ organization }: Person): Promise<string> {
  const names = Array.from({ length: 22 }, (_, index) => `Project ${index + 1}`);
  const projectId = (await insertProjects(organization.id, names)).at(-1) ?? "";
  await insertTasks({ organizationId: organization.id, projectId }, ["Wireframes", "Copy", "Launch"]);
  return projectId;
}

async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

async function openMenu(page: Page, button: string, item: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).waitFor();
}
