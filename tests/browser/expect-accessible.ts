import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
export const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** A page or a state of one: how to get there. */
export interface State {
  readonly name: string;
  readonly open: (page: Page) => Promise<unknown>;
}

/** Whether anything stands out over the side of the window. */
export async function expectNoSidewaysScroll(page: Page, name: string): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, `the width of ${name}`).toBeLessThanOrEqual(window ?? 0);
}

/** Goes through the states, at a desk in light and in dark, and collects what axe finds in each, so that one run tells of all. */
export async function expectAccessible(page: Page, states: readonly State[]): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const found: string[] = [];
  for (const { name, open } of states) {
    await open(page);
    // After a change Next streams the title anew, and for a moment there is none.
    await expect.poll(() => page.title(), { message: `the title of ${name}` }).not.toBe("");
    const { violations, passes } = await scan(page, { type: "tag", values: tags });
    expect(passes.length, `the rules that ${name} was held against`).toBeGreaterThan(10);
    found.push(...describeViolations(name, violations));
    // A phone has the same colours.
    if (page.viewportSize()?.width === sizes.desk.width)
      found.push(...describeViolations(`${name}, in dark`, await scanInDark(page)));
  }
  expect(found).toEqual([]);
}

/** Only colours are others in the dark, so only they are looked at again. */
async function scanInDark(page: Page): Promise<Violations> {
  const ink = await inkOf(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => inkOf(page), { message: "the dark page's ink" }).not.toBe(ink);
  const { violations, passes } = await scan(page, { type: "rule", values: ["color-contrast"] });
  expect(passes).toHaveLength(1);
  await page.emulateMedia({ colorScheme: "light" });
  return violations;
}

function inkOf(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).color);
}

type Results = Awaited<ReturnType<AxeBuilder["analyze"]>>;
type Violations = Results["violations"];

/** Only violations are told of in full: to describe all that is right takes axe longest. */
function scan(page: Page, runOnly: { type: "tag" | "rule"; values: string[] }): Promise<Results> {
  return new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ runOnly, resultTypes: ["violations"] })
    .analyze();
}

function describeViolations(name: string, violations: Violations): string[] {
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${name}: ${id} (${help}) at ${target.join(" ")}: ${failureSummary ?? ""}`,
    ),
  );
}

export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
}
