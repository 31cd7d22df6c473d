import type { Locator, Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test, type Person } from "./people.ts";
import { insertProjects, insertTasks, query } from "./product-database.ts";

test("two people sign up, each lands on the dashboard of an own organization, and neither sees the other's", async ({
  people,
}) => {
  const places: string[] = [];
  for (const [name, organization] of [
    ["Ada", "Zoë & Söhne GmbH"],
    ["Grace", "Globex"],
  ] as const) {
    const { page } = await people.visitor();
    await page.goto("/");
    await page
      .getByRole("link", { name: /Sign up|Create an account|Get started/ })
      .first()
      .click();
    await page.waitForURL("**/sign-up");
    await page.getByLabel("Your name").fill(name);
    await page.getByLabel("Email").fill(`${name}-${process.pid}-${Date.now()}@Example.com`);
    await page.getByLabel("Password", { exact: true }).fill("solid brick walls");
    await page.getByLabel("Organization").fill(organization);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL("**/dashboard");
    places.push(new URL(page.url()).pathname);
    await createProject(page, `${name}'s project`);
    await nav(page, "Projects");
    const list = page.getByRole("list", { name: "Projects" });
    await expect.poll(() => texts(list.getByRole("link"))).toEqual([`${name}'s project`]);
  }
  expect(places[0]).toMatch(/^\/zoe-sohne-gmbh(-\w+)?\/dashboard$/);
  expect(places[1]).toMatch(/^\/globex(-\w+)?\/dashboard$/);
});

describe("projects", () => {
  test("are created, renamed and deleted, and what the page shows is what is stored", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await page.goto(`/${organization.slug}/projects`);
    await createProject(page, "Website");
    await createProject(page, "Campaign");
    const list = page.getByRole("list", { name: "Projects" });
    await expect.poll(() => texts(list.getByRole("link"))).toEqual(["Campaign", "Website"]);

    await rowMenu(page, "Website", "Rename");
    await page.getByLabel("Project name").fill("Website relaunch");
    await page.getByLabel("Project name").press("Enter");
    await list.getByRole("link", { name: "Website relaunch" }).waitFor();

    await rowMenu(page, "Campaign", "Delete…");
    const dialog = page.getByRole("alertdialog");
    await dialog.getByLabel("Type “Campaign” to confirm").fill("Campain");
    await dialog.getByRole("button", { name: "Delete project" }).click();
    await dialog.getByText("This is not the name.").waitFor();
    await dialog.getByLabel("Type “Campaign” to confirm").fill("Campaign");
    await dialog.getByRole("button", { name: "Delete project" }).click();
    await page.getByText("Deleted “Campaign”", { exact: true }).waitFor();
    await expect.poll(() => storedNames(organization.id)).toEqual(["Website relaunch"]);
    await page.reload();
    await expect.poll(() => texts(list.getByRole("link"))).toEqual(["Website relaunch"]);
  });

  test("are searched, sorted and paged, and the address says how", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    const names = Array.from({ length: 45 }, (_, index) => `Plan ${String(index + 1).padStart(2, "0")}`);
    await insertProjects(organization.id, [...names, "100% done", "under_score"]);
    await page.goto(`/${organization.slug}/projects`);
    const shown = () => texts(page.getByRole("list", { name: "Projects" }).getByRole("link"));
    const newestFirst = ["under_score", "100% done", ...names.toReversed()];
    const pages = page.getByRole("navigation", { name: "Pages" });
    await expect.poll(shown).toEqual(newestFirst.slice(0, 20));
    await pages.getByRole("link", { name: "Next" }).click();
    await expect.poll(shown).toEqual(newestFirst.slice(20, 40));
    await pages.getByRole("link", { name: "Next" }).click();
    await expect.poll(shown).toEqual(newestFirst.slice(40));
    expect(await pages.getByRole("link", { name: "Next" }).count()).toBe(0);
    await pages.getByRole("link", { name: "Previous" }).click();
    await expect.poll(shown).toEqual(newestFirst.slice(20, 40));
    await page.goBack();
    await expect.poll(shown).toEqual(newestFirst.slice(40));

    await page.getByLabel("Sort by").selectOption("Name");
    await page.waitForURL("**/projects?sort=name");
    await expect.poll(shown).toEqual([...newestFirst].sort().slice(0, 20));
    await page.getByLabel("Search projects").fill("0%");
    await page.waitForURL("**/projects?sort=name&q=0%25");
    await expect.poll(shown).toEqual(["100% done"]);
    await page.getByLabel("Search projects").fill("_");
    await expect.poll(shown).toEqual(["under_score"]);
    await page.getByLabel("Search projects").fill("no such thing");
    await page.getByRole("heading", { name: "Nothing found" }).waitFor();
    await page.getByRole("link", { name: "Show all projects" }).click();
    await expect.poll(shown).toEqual(newestFirst.slice(0, 20));
  });
});

describe("tasks", () => {
  test("are added, completed, reopened, renamed and deleted, and what the page shows is what is stored", async ({
    people,
  }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    const [project = ""] = await insertProjects(organization.id, ["Website"]);
    await page.goto(`/${organization.slug}/projects/${project}`);
    for (const title of ["Wireframes", "Copy", "Launch"]) {
      await page.getByLabel("New task").fill(title);
      await page.getByLabel("New task").press("Enter");
    }
    await page.getByText("3 open, 0 done").waitFor();
    await page.getByRole("checkbox", { name: "Complete Copy" }).check();
    await page.getByRole("checkbox", { name: "Complete Launch" }).check();
    await page.getByText("1 open, 2 done").waitFor();
    await page.getByRole("checkbox", { name: "Complete Launch" }).uncheck();
    await page.getByText("2 open, 1 done").waitFor();

    await rowMenu(page, "Launch", "Rename");
    await page.getByLabel("Task title").fill("Launch party");
    await page.getByLabel("Task title").press("Enter");
    await rowMenu(page, "Wireframes", "Delete…");
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete task" }).click();
    await page.getByText("1 open, 1 done").waitFor();
    await expect.poll(() => storedTasks(project)).toEqual(["Copy (done)", "Launch party"]);

    await page.getByRole("navigation", { name: "Filter by status" }).getByRole("link", { name: "Done" }).click();
    await expect.poll(() => page.getByRole("checkbox").count()).toBe(1);
    await page.getByRole("checkbox", { name: "Complete Copy" }).waitFor();
    await nav(page, "Dashboard");
    await page.getByText("50% of all tasks").waitFor();
  });

  test("are searched, sorted and paged", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    const [projectId = ""] = await insertProjects(organization.id, ["Website"]);
    const titles = Array.from({ length: 25 }, (_, index) => `Step ${String(index + 1).padStart(2, "0")}`);
    await insertTasks({ organizationId: organization.id, projectId }, titles);
    await page.goto(`/${organization.slug}/projects/${projectId}`);
    const shown = () => texts(page.getByRole("list", { name: "Tasks" }).getByText(/^Step/));
    await expect.poll(shown).toEqual(titles.toReversed().slice(0, 20));
    await page.getByRole("link", { name: "Next" }).click();
    await expect.poll(shown).toEqual(titles.toReversed().slice(20));
    await page.getByLabel("Sort by").selectOption("Title");
    await expect.poll(shown).toEqual(titles.slice(0, 20));
    await page.getByLabel("Search tasks").fill("step 2");
    await expect.poll(shown).toEqual(titles.slice(19));
  });
});

test("a second organization comes by way of the switcher, and the switcher goes to and fro", async ({ people }) => {
  const { page, organization } = await people.person("Ada", "Acme");
  await page.goto(`/${organization.slug}/dashboard`);
  await page.getByRole("button", { name: "Organization: Acme" }).click();
  await page.getByRole("link", { name: "Create organization" }).click();
  await page.waitForURL("**/new");
  await page.getByLabel("Organization name").fill("Initech");
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.waitForURL("**/initech*/dashboard");
  await createProject(page, "Only at Initech");
  await page.getByRole("button", { name: "Organization: Initech" }).click();
  await page.getByRole("dialog", { name: "Switch organization" }).getByRole("link", { name: "Acme" }).click();
  await page.waitForURL(`**/${organization.slug}/dashboard`);
  await page.getByRole("heading", { name: "Nothing to show yet" }).waitFor();
  expect(await page.title()).toBe("Dashboard · Acme · Rowhouse");
});

test("two tabs on two organizations both stay right after edits in each", async ({ people }) => {
  const ada = await people.person("Ada", "Acme");
  const [project = ""] = await insertProjects(ada.organization.id, ["At Acme"]);
  const first = ada.page;
  await first.goto(`/${ada.organization.slug}/projects`);
  const { page: second, organization } = await secondOrganization(ada, "Initech");
  await second.goto(`/${organization.slug}/projects`);
  await createProject(second, "New at Initech");
  await createProject(first, "New at Acme");
  await second.getByRole("link", { name: "New at Initech" }).click();
  await second.getByLabel("New task").fill("Task at Initech");
  await second.getByLabel("New task").press("Enter");
  await second.getByText("1 open, 0 done").waitFor();
  await first.getByRole("link", { name: "At Acme", exact: true }).click();
  await first.getByLabel("New task").fill("Task at Acme");
  await first.getByLabel("New task").press("Enter");
  await first.getByText("1 open, 0 done").waitFor();
  expect(await storedNames(ada.organization.id)).toEqual(["At Acme", "New at Acme"]);
  expect(await storedNames(organization.id)).toEqual(["New at Initech"]);
  expect(await storedTasks(project)).toEqual(["Task at Acme"]);
  for (const [page, own, foreign] of [
    [first, "At Acme", "New at Initech"],
    [second, "New at Initech", "At Acme"],
  ] as const) {
    await page.reload();
    await nav(page, "Projects");
    await page.getByRole("link", { name: own, exact: true }).waitFor();
    expect(await page.getByText(foreign).count()).toBe(0);
  }
});

describe("signing in", () => {
  test("after signing out, the page that was asked for comes back with its query", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const { page, organization } = ada;
    await insertProjects(organization.id, ["Website", "Campaign"]);
    await page.goto(`/${organization.slug}/dashboard`);
    await page.getByRole("button", { name: "Account: Ada" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL("**/sign-in");
    const asked = `/${organization.slug}/projects?sort=name&q=web+s%26x%3D1`;
    await page.goto(asked);
    await page.waitForURL("**/sign-in?next=*");
    await signIn(ada);
    await page.waitForURL(`**${asked}`);
    await expect.poll(() => page.getByLabel("Search projects").inputValue()).toBe("web s&x=1");
    await page.goto(`/${organization.slug}/dashboard`);
    await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  });

  test("without a page that was asked for, it leads to the first organization's dashboard", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    await ada.context.clearCookies();
    await ada.page.goto("/sign-in");
    await signIn(ada);
    await ada.page.waitForURL(`**/${ada.organization.slug}/dashboard`);
  });

  test("somebody who is signed in skips the start, sign-in and sign-up pages", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    for (const path of ["/sign-in", "/sign-up", "/", "/sign-in?next=%2Fsign-in"]) {
      await page.goto(path);
      expect(new URL(page.url()).pathname, path).toBe(`/${organization.slug}/dashboard`);
    }
    await page.goto(`/sign-in?next=${encodeURIComponent(`/${organization.slug}/projects?sort=name`)}`);
    expect(page.url()).toContain(`/${organization.slug}/projects?sort=name`);
  });

  test("a signed-out stranger who asks for /new signs in first", async ({ people }) => {
    const { page } = await people.visitor();
    await page.goto("/new");
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/sign-in?next=%2Fnew");
  });

  test("too many wrong passwords from one address are refused for a while, from another address not", async ({
    people,
  }) => {
    const ada = await people.person("Ada", "Acme");
    const thief = await people.visitor();
    await thief.page.goto("/sign-in");
    const wrong = { email: ada.email, password: "not the password", page: thief.page };
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await signIn(wrong);
      await thief.page.getByText(attempt < 3 ? "The address or the password is wrong." : /Too many attempts/).waitFor();
    }
    await ada.context.clearCookies();
    await ada.page.goto("/sign-in");
    await signIn(ada);
    await ada.page.waitForURL("**/dashboard");
  });

  test("an unknown address and a wrong password are answered alike", async ({ people }) => {
    const ada = await people.person("Ada", "Acme");
    const { page } = await people.visitor();
    const answers: string[] = [];
    for (const email of [ada.email, "nobody@example.com"]) {
      await page.goto("/sign-in");
      await signIn({ page, email, password: "not the password" });
      await page.getByText("The address or the password is wrong.").waitFor();
      answers.push((await page.locator("form").innerText()).replace(email, ""));
    }
    expect(answers[0]).toBe(answers[1]);
  });
});

test("the choice of light or dark stays, and the first byte has it", async ({ people }) => {
  const { page, context, organization } = await people.person("Ada", "Acme");
  await page.goto(`/${organization.slug}/dashboard`);
  for (const theme of ["Dark", "Light"]) {
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitemradio", { name: theme }).click();
    const chosen = theme.toLowerCase();
    await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe(chosen);
    expect(await (await context.request.get("/new")).text()).toContain(`data-theme="${chosen}"`);
    await page.reload();
    expect(await page.locator("html").getAttribute("data-theme")).toBe(chosen);
    await page.getByRole("button", { name: "Account: Ada" }).waitFor();
  }
});

async function createProject(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New project" }).click();
  const dialog = page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create project" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("link", { name }).first().waitFor();
}

async function rowMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function nav(page: Page, place: string): Promise<void> {
  await page.getByRole("navigation", { name: "Organization" }).getByRole("link", { name: place }).click();
  await page.getByRole("heading", { level: 1, name: place }).waitFor();
}

async function signIn({ page, email, password }: Pick<Person, "page" | "email" | "password">): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function secondOrganization(person: Person, name: string) {
  const page = await person.context.newPage();
  await page.goto("/new");
  await page.getByLabel("Organization name").fill(name);
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.waitForURL("**/dashboard");
  const slug = new URL(page.url()).pathname.split("/")[1] ?? "";
  const [row] = await query<{ id: string }>("select id from rowhouse.organizations where slug = $1", [slug]);
  return { page, organization: { id: row?.id ?? "", slug } };
}

async function storedNames(organizationId: string): Promise<string[]> {
  const rows = await query<{ name: string }>("select name from projects where organization_id = $1 order by name", [
    organizationId,
  ]);
  return rows.map(({ name }) => name);
}

async function storedTasks(projectId: string): Promise<string[]> {
  const rows = await query<{ title: string; done: boolean }>(
    "select title, completed_at is not null as done from tasks where project_id = $1 order by title",
    [projectId],
  );
  return rows.map(({ title, done }) => (done ? `${title} (done)` : title));
}

async function texts(locator: Locator): Promise<string[]> {
  return locator.allInnerTexts();
}
