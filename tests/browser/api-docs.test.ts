import { describe, expect, inject } from "vitest";
import { expectAccessible, expectNoSidewaysScroll, goTo, type State } from "./expect-accessible.ts";
import { tabTo } from "./keyboard.ts";
import { test } from "./people.ts";

const places = ["/api/docs", "/api/docs/invitations", "/api/docs/audit", "/api/docs/organizations"];
const states: readonly State[] = places.map((path) => ({ name: path, open: (page) => goTo(page, path) }));

// On a phone it is the same text in a narrower column.
test("the API documentation breaks no rule of WCAG 2.2 AA", async ({ people }) => {
  const { page } = await people.visitor();
  await expectAccessible(page, states);
});

describe("the API documentation", () => {
  test("is read by anybody, leads from the start page to each operation, and asks no other host", async ({
    people,
  }) => {
    const { page } = await people.visitor();
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    await page.goto("/");
    await page.getByRole("link", { name: "API documentation" }).click();
    await page.getByRole("heading", { level: 1, name: "API documentation" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Members and roles" }).click();
    await page.getByRole("heading", { level: 1, name: "Members and roles" }).waitFor();
    const change = page.getByRole("article", { name: "Give a member another role, at most one's own" });
    await change.getByText("/api/organizations/{orgSlug}/members/{userId}").first().waitFor();
    await change.getByText("members:update").waitFor();
    await change.getByText('"owner" | "admin" | "member" | "viewer"').first().waitFor();
    await change.getByText('--header "Authorization: Bearer $API_KEY"').waitFor();
    expect([...hosts]).toEqual([inject("productUrl")]);
  });

  test("is a page of the product: its policy has a nonce, and other addresses there are not pages", async ({
    people,
  }) => {
    const { context } = await people.visitor();
    const answer = await context.request.get("/api/docs");
    expect(answer.headers()["content-security-policy"]).toMatch(/script-src 'self' 'nonce-/);
    expect((await context.request.get("/api/docs/nothing")).status()).toBe(404);
    expect((await context.request.get("/api/nothing")).headers()["content-type"]).toBe("application/problem+json");
    expect((await context.request.get("/api/openapi.json")).status()).toBe(200);
  });

  test("scrolls nowhere sideways at 320 pixels", async ({ people }) => {
    const { page } = await people.visitor();
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of places) {
      await goTo(page, path);
      await expectNoSidewaysScroll(page, path);
    }
  });

  test("is gone through with the keyboard alone", async ({ people }) => {
    const { page } = await people.visitor();
    await goTo(page, "/api/docs");
    await tabTo(page, "Skip to content");
    await tabTo(page, "Audit log");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
  });

  test("speaks German around the API's own words", async ({ people }) => {
    const { page } = await people.visitor();
    await page.setExtraHTTPHeaders({ "accept-language": "de" });
    await goTo(page, "/api/docs/projects");
    await page.getByRole("heading", { level: 1, name: "Projekte und Aufgaben" }).waitFor();
    await page.getByRole("heading", { name: "Make a project" }).waitFor();
    expect(await page.getByText("Braucht das Recht").count()).toBeGreaterThan(5);
  });
});
