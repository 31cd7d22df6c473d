import { expect } from "vitest";
import { test } from "./people.ts";

test("a browser that asks for the usual icon gets the page's own", async ({ people }) => {
  const { page } = await people.visitor();
  const answer = await page.request.get("/favicon.ico");
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/svg+xml"]);
});
