import type { Page } from "playwright-core";
import { expect } from "vitest";

interface TabOptions {
  readonly backwards?: boolean;
}

/** Presses Tab until what is called `name` has the focus; on the way and at the end the focus is to be seen. */
export async function tabTo(page: Page, name: string | RegExp, { backwards = false }: TabOptions = {}): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(backwards ? "Shift+Tab" : "Tab");
    const reached = await focusedName(page);
    passed.push(reached);
    if (reached !== "") await expectVisibleFocus(page);
    if (typeof name === "string" ? reached === name : name.test(reached)) return;
  }
  throw new Error(`Tab does not reach ${String(name)}; it goes to ${passed.join(", ")}.`);
}

/** What a person would call the element that has the focus; empty when that is the page. */
export async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return "";
    // Decoration, as initials are, is no part of a name.
    const spoken = focused.cloneNode(true) as Element;
    for (const hidden of spoken.querySelectorAll("[aria-hidden]")) hidden.remove();
    const isField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
    const label = isField ? focused.labels?.[0]?.textContent : undefined;
    const name = focused.getAttribute("aria-label") ?? label ?? spoken.textContent;
    return name.replace(/\s+/g, " ").trim();
  });
}

/** The focused element has an outline, or what is drawn over it (a checkbox's box) has. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const drawn = await page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null) return "nothing has the focus";
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1
      ? "seen"
      : `unseen: ${focused.outerHTML.slice(0, 200)}`;
  });
  expect(drawn).toBe("seen");
}

/**
 * Closes what is open, which gives the focus back to `name`. Radix gives a dialog the focus one render before it listens for Escape, so on
 * a busy machine the first press can come too early; a person would press again, and so does this, as long as the focus has not moved.
 */
export async function escapeBackTo(page: Page, name: string | RegExp): Promise<void> {
  const inside = await focusedName(page);
  await expect
    .poll(
      async () => {
        const focused = await focusedName(page);
        if (focused === inside) await page.keyboard.press("Escape");
        return focused;
      },
      { interval: 500, message: `Escape gives the focus back to ${String(name)}` },
    )
    .toMatch(name);
}
