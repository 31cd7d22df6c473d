import type { Page } from "playwright-core";
import { describe, expect, inject } from "vitest";
import { test, type Person, type Visitor } from "./people.ts";
import { insertProjects, insertTasks } from "./product-database.ts";

describe("the language of a visitor", () => {
  test("is the browser's, in the words, the title and the language of the page", async ({ people }) => {
    const { page } = await people.visitor();
    await page.goto("/");
    expect(await pageLanguage(page)).toEqual({ lang: "en", dir: "ltr" });
    await page.setExtraHTTPHeaders({ "accept-language": "de-AT,de;q=0.9,en;q=0.8" });
    await page.goto("/");
    expect(await pageLanguage(page)).toEqual({ lang: "de", dir: "ltr" });
    await page.getByRole("heading", { level: 1, name: "Seite an Seite arbeiten." }).waitFor();
    await expect.poll(() => page.title()).toBe("Rowhouse: Projekte und Aufgaben, Organisation für Organisation");
    await page.goto("/nowhere-at-all/projects");
    await page.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
  });

  test("is chosen in a menu: at once, with what was typed still there, and for every later visit", async ({
    people,
  }) => {
    const { page } = await people.visitor();
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill("ada@example.com");
    await choose(page, "Language", "Deutsch");
    await page.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
    expect(await page.getByLabel("E-Mail").inputValue()).toBe("ada@example.com");
    await expect.poll(() => pageLanguage(page)).toEqual({ lang: "de", dir: "ltr" });
    await expect.poll(() => page.title()).toBe("Anmelden · Rowhouse");
    await page.setExtraHTTPHeaders({ "accept-language": "en" });
    await page.goto("/sign-up");
    await page.getByRole("heading", { level: 1, name: "Ihr Konto anlegen" }).waitFor();
    await choose(page, "Sprache", "English");
    await page.getByRole("heading", { level: 1, name: "Create your account" }).waitFor();
  });

  test("is the product's own when the cookie holds something else", async ({ people }) => {
    const visitor = await people.visitor();
    for (const value of ["fr", "../../etc/passwd", "%3Cscript%3E", "__proto__"]) {
      await speak(visitor, value);
      await visitor.page.goto("/");
      expect(await pageLanguage(visitor.page)).toEqual({ lang: "en", dir: "ltr" });
    }
  });

  test("is the only one that is sent, and of the texts only those of the page", async ({ people }) => {
    const visitor = await people.visitor();
    await speak(visitor, "de");
    const answer = await visitor.context.request.get("/sign-in");
    const html = await answer.text();
    expect(html).toContain("Schön, dass Sie wieder da sind.");
    for (const elsewhere of ["Good to see you again.", "Neues Projekt", "Postgres selbst"])
      expect(html).not.toContain(elsewhere);
  });
});

describe("somebody who reads German", () => {
  test("is told in German what is wrong with a form", async ({ people }) => {
    const visitor = await people.visitor();
    const { page } = visitor;
    await speak(visitor, "de");
    await page.goto("/sign-up");
    await page.getByRole("button", { name: "Konto anlegen" }).click();
    await page.getByText("Geben Sie Ihren Namen ein.").waitFor();
    await page
      .getByText("Geben Sie eine E-Mail-Adresse ein, zum Beispiel ada@example.com.")
      .or(page.getByText("Geben Sie Ihre E-Mail-Adresse ein."))
      .first()
      .waitFor();
    await page.getByText("Verwenden Sie mindestens 10 Zeichen.").waitFor();
    await page.getByText("Geben Sie den Namen Ihrer Organisation ein.").waitFor();
    await page.getByLabel("Ihr Name").fill("a".repeat(101));
    await page.getByRole("button", { name: "Konto anlegen" }).click();
    await page.getByText("Verwenden Sie höchstens 100 Zeichen.").waitFor();
    await page.goto("/sign-in");
    await page.getByLabel("E-Mail").fill("nobody@example.com");
    await page.getByLabel("Passwort", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Anmelden" }).click();
    await page.getByText("Die Adresse oder das Passwort ist falsch.").waitFor();
  });

  test("works in German from the first project to the last task", async ({ people }) => {
    const person = await people.person("Ada", "Acme");
    const { page } = person;
    await page.goto(`/${person.organization.slug}/projects`);
    await page.getByRole("button", { name: "Account: Ada" }).click();
    await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
    await page.getByRole("heading", { level: 1, name: "Projekte" }).waitFor();
    await page.getByRole("button", { name: "Neues Projekt" }).click();
    await page.getByRole("button", { name: "Projekt anlegen" }).click();
    await page.getByText("Geben Sie einen Namen ein.").waitFor();
    await page.getByLabel("Name").fill("Umzug");
    await page.getByRole("button", { name: "Projekt anlegen" }).click();
    await page.getByText("„Umzug“ wurde angelegt").first().waitFor();
    await page.getByRole("link", { name: "Umzug" }).click();
    await page.getByText("0 offen, 0 erledigt").waitFor();
    await page.getByLabel("Neue Aufgabe").fill("Kisten packen");
    await page.getByRole("button", { name: /Hinzufügen$/ }).click();
    await page.getByText("1 offen, 0 erledigt").waitFor();
    await page.getByRole("checkbox", { name: "Kisten packen erledigen" }).check();
    await page.getByText("0 offen, 1 erledigt").waitFor();
    const today = new Intl.DateTimeFormat("de", { dateStyle: "medium", timeZone: "UTC" }).format(new Date());
    await page.getByText(`Erledigt ${today}`).waitFor();
    await page.goto(`/${person.organization.slug}/dashboard`);
    await page.getByText(/^100\s%\saller Aufgaben$/).waitFor();
    await expect.poll(() => page.title()).toBe("Übersicht · Acme · Rowhouse");
  });

  test("gets the API's answers in English, as every program does", async ({ people }) => {
    const person = await people.person("Ada", "Acme");
    await speak(person, "de");
    const answer = await person.context.request.post(`/api/organizations/${person.organization.slug}/projects`, {
      data: { name: "" },
      headers: { origin: inject("productUrl"), "accept-language": "de" },
    });
    expect([answer.status(), await answer.json()]).toMatchObject([
      400,
      { errors: [{ field: "name", message: "Enter a name." }] },
    ]);
  });

  test("finds no page that scrolls sideways on a phone, however long the words are", async ({ people }) => {
    const person = await people.person("Ada", "Acme");
    const stranger = await people.visitor();
    const paths = await fill(person);
    for (const [visitor, places] of [
      [stranger, strangers],
      [person, paths],
    ] as const) {
      await speak(visitor, "de");
      await visitor.page.setViewportSize({ width: 320, height: 640 });
      for (const path of places) {
        await goTo(visitor.page, path);
        await expectNoSidewaysScroll(visitor.page, `${path} in German`);
      }
    }
  });
});

describe.each([360, 1280])("from right to left, at %i pixels", (width) => {
  test("no page scrolls sideways, and the sidebar stands on the right", async ({ people }) => {
    const person = await people.person("Ada", "Acme");
    const stranger = await people.visitor();
    const paths = await fill(person);
    for (const [{ page }, places] of [
      [stranger, strangers],
      [person, paths],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of places) {
        await goTo(page, path);
        await turn(page);
        await expectNoSidewaysScroll(page, `${path} from right to left`);
      }
    }
    const { page } = person;
    if (width < 768) await page.getByRole("button", { name: "Open navigation" }).click();
    const navigation = page.getByRole("navigation", { name: "Organization" });
    await expect
      .poll(async () => (await navigation.boundingBox())?.x ?? 0)
      .toBeGreaterThan(width < 768 ? 40 : width / 2);
    const { x = 0, width: wide = 0 } = (await navigation.boundingBox()) ?? {};
    expect(x + wide, "it ends at the right").toBeGreaterThan(width - 40);
  });
});

const strangers = ["/", "/sign-in", "/sign-up"];

/** The main pages of an organization with something in it. */
async function fill({ organization: { id, slug } }: Person): Promise<string[]> {
  const names = Array.from({ length: 22 }, (_, index) => `Project ${index + 1}`);
  const projectId = (await insertProjects(id, names)).at(-1) ?? "";
  await insertTasks({ organizationId: id, projectId }, ["Wireframes", "Copy", "Launch"]);
  const pages = ["dashboard", "projects", `projects/${projectId}`, "team", "audit", "settings"];
  return ["/new", ...pages.map((page) => `/${slug}/${page}`)];
}

async function speak({ context }: Visitor, language: string): Promise<void> {
  await context.addCookies([{ name: "rowhouse_language", value: language, url: inject("productUrl") }]);
}

async function choose(page: Page, menu: string, language: string): Promise<void> {
  await page.getByRole("button", { name: menu, exact: true }).click();
  await page.getByRole("menuitemradio", { name: language }).click();
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

async function pageLanguage(page: Page): Promise<{ lang: string; dir: string }> {
  return page.evaluate(() => {
    const { lang, dir } = document.documentElement;
    return { lang, dir };
  });
}

async function turn(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
  });
}

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, `the width of ${where}`).toBeLessThanOrEqual(window ?? 0);
}
