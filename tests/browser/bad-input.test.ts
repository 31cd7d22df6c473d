import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test, type Visitor } from "./people.ts";
import { insertProjects, insertTasks, query } from "./product-database.ts";

const good = { name: "Ada", password: "solid brick walls", organization: "Acme" };
const hostile = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(2)>`,
  `'; drop table projects; --`,
  `' or '1'='1`,
  `{{constructor.constructor('alert(3)')()}} \${alert(4)}`,
  `</title><svg/onload=alert(5)>`,
];

describe("sign-up", () => {
  test("empty fields: each error stands beside its field, the first has the focus, nobody is written", async ({
    people,
  }) => {
    const { page } = await people.visitor();
    await page.goto("/sign-up");
    await submit(page, "Create account");
    for (const [label, message] of [
      ["Your name", "Enter your name."],
      ["Email", "Enter your e-mail address."],
      ["Password", "Use at least 10 characters."],
      ["Organization", "Enter your organization's name."],
    ] as const) {
      await expectError(page, label, message);
    }
    await expect
      .poll(() => page.getByLabel("Your name").evaluate((field) => field === document.activeElement))
      .toBe(true);
  });

  test("over-long and odd values are refused beside their fields, and what was typed is not lost", async ({
    people,
  }) => {
    const { page } = await people.visitor();
    await page.goto("/sign-up");
    const typed = {
      "Your name": "n".repeat(101),
      Email: `${"e".repeat(250)}@example.com`,
      Password: "p".repeat(129),
      Organization: "o".repeat(10_000),
    };
    for (const [label, value] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(value);
    await submit(page, "Create account");
    await expectError(page, "Your name", "Use at most 100 characters.");
    await expectError(page, "Email", "Use at most 254 characters.");
    await expectError(page, "Password", "Use at most 128 characters.");
    await expectError(page, "Organization", "Use at most 100 characters.");
    for (const [label, value] of Object.entries(typed)) {
      expect(await page.getByLabel(label, { exact: true }).inputValue(), label).toBe(value);
    }
  });

  test("e-mail addresses that are none, or that look like others, are refused", async ({ people }) => {
    const { page } = await people.visitor();
    await page.goto("/sign-up");
    await fillSignUp(page, { ...good, email: "" });
    const odd = [
      "ada",
      "ada@",
      "@example.com",
      "ada@exam ple.com",
      "adа@example.com",
      "ada@exämple.com",
      "a\u202eda@example.com",
      "ada@example.com\u200b",
      "ada@example",
      "ada@@example.com",
    ];
    for (const email of odd) {
      // As text: the browser itself would turn some of them into something else.
      await page.getByLabel("Email").evaluate((field) => field.setAttribute("type", "text"));
      await page.getByLabel("Email").fill(email);
      await submit(page, "Create account");
      await expectError(page, "Email", "Enter an e-mail address such as ada@example.com.");
      expect(await page.getByLabel("Email").inputValue()).toBe(email);
    }
  });

  test("organization names that make an empty or a reserved slug are refused beside the field, and nobody is written", async ({
    people,
  }) => {
    const { page } = await people.visitor();
    await page.goto("/sign-up");
    const email = address("slugs");
    await fillSignUp(page, { ...good, email });
    for (const organization of ["???", "…", "Admin", "API", "new", "www", "sign-in", "  New  ", "-", "\u200b"]) {
      await page.getByLabel("Organization").fill(organization);
      await submit(page, "Create account");
      await expectError(page, "Organization", /Choose a name with letters or digits|Enter your organization's name/);
      expect(await page.getByLabel("Organization").inputValue()).toBe(organization);
    }
    expect(await query("select from auth.users where email = $1", [email])).toHaveLength(0);
    await page.getByLabel("Organization").fill("Fine after all");
    await submit(page, "Create account");
    await page.waitForURL("**/fine-after-all*/dashboard");
  });

  test("an address that has an account is told beside its field, also in other case, and nothing is half written", async ({
    people,
  }) => {
    const ada = await people.person("Ada", "Acme");
    const { page } = await people.visitor();
    await page.goto("/sign-up");
    await fillSignUp(page, { ...good, organization: "Half written", email: ` ${ada.email.toUpperCase()} ` });
    await submit(page, "Create account");
    await expectError(page, "Email", "There is an account with this address. Sign in instead.");
    expect(await query("select from rowhouse.organizations where name = 'Half written'")).toHaveLength(0);
    expect(await query("select from rowhouse.organization_slugs where slug like 'half-written%'")).toHaveLength(0);
  });

  test("script and SQL in every field is text", async ({ people }) => {
    const visitor = await people.visitor();
    const { page } = visitor;
    await page.goto("/sign-up");
    const name = hostile[1] ?? "";
    const organization = `Acme ${hostile[0] ?? ""}`;
    await fillSignUp(page, { name, organization, email: address("hostile"), password: hostile[2] ?? "" });
    await submit(page, "Create account");
    await page.waitForURL("**/dashboard");
    await page.getByRole("button", { name: `Account: ${name}` }).waitFor();
    await page.getByRole("button", { name: `Organization: ${organization}` }).waitFor();
    expect(await page.title()).toBe(`Dashboard · ${organization} · Rowhouse`);
    await expectNothingRan(visitor);
  });

  test("a double click makes one account and one organization", async ({ people }) => {
    const { page } = await people.visitor();
    await page.goto("/sign-up");
    const email = address("double");
    await fillSignUp(page, { ...good, organization: "Double click", email });
    await page.getByRole("button", { name: "Create account" }).dblclick();
    await page.waitForURL("**/double-click*/dashboard");
    expect(await query("select from auth.users where email = $1", [email])).toHaveLength(1);
    expect(await query("select from rowhouse.organizations where name = 'Double click'")).toHaveLength(1);
  });
});

describe("in an organization", () => {
  test("a project without a name, or with too long a name, is refused beside the field; a double click makes one", async ({
    people,
  }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    await page.goto(`/${organization.slug}/projects`);
    await page.getByRole("button", { name: "New project" }).click();
    await submit(page, "Create project");
    await expectError(page, "Name", "Enter a name.");
    await page.getByLabel("Name").fill("n".repeat(101));
    await submit(page, "Create project");
    await expectError(page, "Name", "Use at most 100 characters.");
    expect(await page.getByLabel("Name").inputValue()).toBe("n".repeat(101));
    await page.getByLabel("Name").fill("Just one");
    await page.getByRole("button", { name: "Create project" }).dblclick();
    await page.getByRole("link", { name: "Just one" }).waitFor();
    await page.reload();
    await expect.poll(() => page.getByRole("list", { name: "Projects" }).getByRole("link").count()).toBe(1);
  });

  test("a bad new name for a project or a task comes back into the field with its error", async ({ people }) => {
    const { page, organization } = await people.person("Ada", "Acme");
    const [projectId = ""] = await insertProjects(organization.id, ["Website"]);
    await insertTasks({ organizationId: organization.id, projectId }, ["Wireframes"]);
    await page.goto(`/${organization.slug}/projects`);
    await rename(page, { of: "Website", label: "Project name", to: "n".repeat(101) });
    await expectError(page, "Project name", "Use at most 100 characters.");
    expect(await page.getByLabel("Project name").inputValue()).toBe("n".repeat(101));
    await page.goto(`/${organization.slug}/projects/${projectId}`);
    await rename(page, { of: "Wireframes", label: "Task title", to: " " });
    await expectError(page, "Task title", "Enter a title.");
    await page.getByLabel("New task").fill("t".repeat(201));
    await page.getByLabel("New task").press("Enter");
    await expectError(page, "New task", "Use at most 200 characters.");
    expect(await page.getByLabel("New task").inputValue()).toBe("t".repeat(201));
    expect(await query("select from tasks where project_id = $1", [projectId])).toHaveLength(1);
  });

  test("script and SQL in names, titles, searches and addresses is text", async ({ people }) => {
    const person = await people.person("Ada", "Acme");
    const { page, organization } = person;
    const [projectId = ""] = await insertProjects(organization.id, [...hostile].reverse());
    await insertTasks({ organizationId: organization.id, projectId }, hostile);
    await page.goto(`/${organization.slug}/projects`);
    await expect
      .poll(() => page.getByRole("list", { name: "Projects" }).getByRole("link").allInnerTexts())
      .toEqual(hostile);
    for (const text of hostile) {
      await page.goto(`/${organization.slug}/projects?q=${encodeURIComponent(text)}&sort=${encodeURIComponent(text)}`);
      await expect
        .poll(() => page.getByRole("list", { name: "Projects" }).getByRole("link").allInnerTexts())
        .toEqual([text]);
    }
    await page.goto(`/${organization.slug}/projects/${projectId}`);
    for (const text of hostile)
      await page.getByRole("list", { name: "Tasks" }).getByText(text, { exact: true }).waitFor();
    await page.getByLabel("New task").fill(`new ${hostile[0] ?? ""}`);
    await page.getByLabel("New task").press("Enter");
    await page.getByRole("button", { name: `Actions for new ${hostile[0] ?? ""}` }).waitFor();
    await expectNothingRan(person);
  });

  test("a cursor, an order or a filter that is none of ours never becomes a fault", async ({ people }) => {
    const { context, organization } = await people.person("Ada", "Acme");
    const [projectId = ""] = await insertProjects(organization.id, ["Website"]);
    const cursors = [
      "garbage",
      "",
      "%00",
      "[]",
      '["x","y"]',
      `["not a date","${projectId}"]`,
      `["infinity","${projectId}"]`,
      `["2026-13-45","${projectId}"]`,
    ];
    for (const path of [`/${organization.slug}/projects`, `/${organization.slug}/projects/${projectId}`]) {
      for (const cursor of cursors) {
        for (const value of [cursor, Buffer.from(cursor).toString("base64url")]) {
          const answer = await context.request.get(`${path}?after=${encodeURIComponent(value)}`);
          const html = await answer.text();
          expect(answer.status(), `${path} ${cursor}`).toBeLessThan(500);
          expect(html, `${path} after=${value}`).not.toMatch(/NEXT_REDIRECT_ERROR|"digest":"\d+"|digest\\":\\"\d+\\"/);
        }
      }
    }
  });
});

describe("a page to go on to that is somewhere else", () => {
  const evil = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
    "/x/..//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "%2F%2Fevil.example",
    "/%2F%2Fevil.example",
    " //evil.example",
    "/@evil.example/..//evil.example",
  ];

  test("is never gone to by somebody who is signed in", async ({ people }) => {
    const { context, page } = await people.person("Ada", "Acme");
    const here = new URL((await page.goto("/new"))?.url() ?? "").origin;
    for (const next of evil) {
      let url = `${here}/sign-in?next=${encodeURIComponent(next)}`;
      for (let hop = 0; hop < 3; hop += 1) {
        const { location } = (await context.request.get(url, { maxRedirects: 0 })).headers();
        if (location === undefined) break;
        url = new URL(location, url).href;
        expect(new URL(url).origin, `${JSON.stringify(next)} leads to ${url}`).toBe(here);
      }
    }
  });

  test("is never gone to after signing in", async ({ people }) => {
    for (const next of ["//evil.example", "/.//evil.example", "/\\evil.example"]) {
      const person = await people.person("Ada", "Acme");
      await person.context.clearCookies();
      await person.page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await person.page.getByLabel("Email").fill(person.email);
      await person.page.getByLabel("Password", { exact: true }).fill(person.password);
      await submit(person.page, "Sign in");
      await person.page.waitForURL(`**/${person.organization.slug}/dashboard`);
    }
  });
});

interface SignUpValues {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly organization: string;
}

async function fillSignUp(page: Page, { name, email, password, organization }: SignUpValues): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Email").evaluate((field) => field.setAttribute("type", "text"));
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Organization").fill(organization);
}

/** Submits and waits until the server has answered. */
async function submit(page: Page, label: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: label }).click();
  await answered;
  // The answer is on the page once its button is no longer busy; before, an earlier one may still stand there.
  await expect.poll(() => page.locator("button[aria-busy=true]").count()).toBe(0);
}

/** The field is marked as wrong, and its description, which a screen reader says, is the message. */
async function expectError(page: Page, label: string, message: string | RegExp): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  const spoken = () =>
    field.evaluate((element) => {
      const described = document.getElementById(element.getAttribute("aria-describedby") ?? "");
      return `${element.getAttribute("aria-invalid") ?? "valid"}: ${described?.textContent ?? ""}`;
    });
  const said = typeof message === "string" ? `${escapeRegExp(message)}$` : message.source;
  await expect.poll(spoken, { message: `the error beside ${label}` }).toMatch(new RegExp(`^true: (?:${said})`));
}

async function rename(page: Page, { of, label, to }: { of: string; label: string; to: string }): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${of}` }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByLabel(label).fill(to);
  await page.getByLabel(label).press("Enter");
}

async function expectNothingRan({ page, watch }: Visitor): Promise<void> {
  expect(await page.locator("img[src=x], svg[onload]").count()).toBe(0);
  expect(watch.findings()).toEqual([]);
}

function address(name: string): string {
  return `${name}-${process.pid}-${Date.now()}@example.com`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
