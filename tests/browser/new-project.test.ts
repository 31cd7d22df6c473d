import { expect } from "vitest";
import { focusedName } from "./keyboard.ts";
import { test } from "./people.ts";
import { addMembership, changeRole, query } from "./product-database.ts";

test("a new project is in the list before the server answers, and comes back into the dialog when it is refused", async ({
  people,
}) => {
  const [{ page, organization, userId }, grace] = [
    await people.person("Ada", "Acme"),
    await people.person("Grace", "Globex"),
  ];
  await addMembership({ organizationId: organization.id, userId: grace.userId }, "owner");
  const list = page.getByRole("list", { name: "Projects" });
  const dialog = page.getByRole("dialog", { name: "New project" });
  let answer: () => void = () => undefined;
  await page.route("**/projects", async (route) => {
    if (route.request().method() === "POST") await new Promise<void>((resolve) => (answer = resolve));
    await route.continue();
  });
  await page.goto(`/${organization.slug}/projects`);

  await page.getByRole("button", { name: "New project" }).click();
  await dialog.getByLabel("Name").fill("Website");
  await dialog.getByLabel("Name").press("Enter");
  await list.getByText("Website").waitFor();
  expect(await dialog.count()).toBe(0);
  expect(await list.getByRole("link").count(), "it leads nowhere yet").toBe(0);
  expect(await list.getByRole("button", { name: "Actions for Website" }).isDisabled()).toBe(true);
  await expect
    .poll(() => focusedName(page), { message: "the button has moved, and has the focus" })
    .toBe("New project");
  answer();
  await list.getByRole("link", { name: "Website" }).waitFor();

  await page.getByRole("button", { name: "New project" }).click();
  await dialog.getByLabel("Name").fill("Campaign");
  await dialog.getByLabel("Name").press("Enter");
  await list.getByText("Campaign").waitFor();
  await changeRole({ organizationId: organization.id, userId }, "viewer");
  answer();
  await dialog.getByText("Your role in this organization does not allow this.").waitFor();
  expect(await dialog.getByLabel("Name").inputValue()).toBe("Campaign");
  await expect.poll(() => focusedName(page)).toBe("Name");
  expect(await list.getByText("Campaign").count()).toBe(0);
  expect(await query("select name from projects where organization_id = $1", [organization.id])).toEqual([
    { name: "Website" },
  ]);
});
