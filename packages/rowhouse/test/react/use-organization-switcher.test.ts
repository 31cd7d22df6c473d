// @vitest-environment happy-dom
/// <reference lib="dom" />
import { act, createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OrganizationProvider, useOrganizationSwitcher } from "../../src/react/index.ts";
import { viewOf } from "./view.ts";

const many = ["Acme", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta"];
let root: Root;

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  document.body.innerHTML = "<div></div>";
  root = createRoot(document.body.firstElementChild ?? document.body);
});
afterEach(() => act(() => root.unmount()));

function Switcher() {
  const switcher = useOrganizationSwitcher();
  return createElement(
    "div",
    switcher.getContainerProps(),
    createElement("button", { id: "open", onClick: switcher.focusFirst }, switcher.current?.name ?? "nowhere"),
    switcher.isSearchable ? createElement("input", { id: "search", ...switcher.getSearchProps() }) : null,
    switcher.found.map((one) =>
      createElement(
        "a",
        { key: one.slug, id: one.slug, href: `/${one.slug}`, ...switcher.getItemProps(one) },
        one.name,
      ),
    ),
    createElement("a", { id: "new", href: "/new", ...switcher.getActionProps("create") }, "New"),
  );
}

function draw(names: readonly string[], slug = "acme"): void {
  const view = viewOf(names);
  const value = { ...view, organization: { ...view.organization, slug } };
  act(() => root.render(createElement(OrganizationProvider, { value, children: createElement(Switcher) })));
}

function press(...keys: string[]): void {
  for (const key of keys)
    act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
}

function open(): void {
  act(() => document.querySelector<HTMLElement>("#open")?.click());
}

function type(text: string): void {
  const input = document.querySelector<HTMLInputElement>("#search");
  if (input === null) throw new Error("There is no search.");
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const focused = () => document.activeElement?.id;
const items = () => [...document.querySelectorAll<HTMLAnchorElement>("a:not(#new)")];
const inTabOrder = () =>
  items()
    .filter((item) => item.tabIndex === 0)
    .map(({ id }) => id);

describe("a switcher", () => {
  it("opens on the current organization, which is marked and alone in the order of Tab", () => {
    draw(["Beta", "Acme", "Gamma"]);
    open();
    expect(focused()).toBe("acme");
    expect(inTabOrder()).toEqual(["acme"]);
    expect(document.querySelectorAll("[aria-current=true]")).toHaveLength(1);
  });

  it("goes by arrows through the list and the actions, round at both ends", () => {
    draw(["Acme", "Beta"]);
    open();
    press("ArrowDown");
    expect(focused()).toBe("beta");
    expect(inTabOrder(), "the order of Tab follows").toEqual(["beta"]);
    press("ArrowDown");
    expect(focused()).toBe("new");
    press("ArrowDown");
    expect(focused()).toBe("acme");
    press("ArrowUp");
    expect(focused()).toBe("new");
    press("Home");
    expect(focused()).toBe("acme");
    press("End");
    expect(focused()).toBe("new");
  });

  it("leaves keys with Alt, Control or Meta to the browser", () => {
    draw(["Acme", "Beta"]);
    open();
    for (const modifier of ["altKey", "ctrlKey", "metaKey"]) {
      const event = new KeyboardEvent("keydown", {
        key: "ArrowDown",
        bubbles: true,
        cancelable: true,
        [modifier]: true,
      });
      act(() => void document.activeElement?.dispatchEvent(event));
      expect([focused(), event.defaultPrevented]).toEqual(["acme", false]);
    }
  });

  it("has a search from eight organizations on, and opens on it", () => {
    draw(many.slice(0, 7));
    expect(document.querySelector("#search")).toBeNull();
    draw(many);
    open();
    expect(focused()).toBe("search");
    press("End");
    expect(focused(), "End is the caret's").toBe("search");
  });

  it("walks what the search has found, and always keeps one of it in the order of Tab", () => {
    draw(many);
    open();
    type("eta");
    expect(items().map(({ id }) => id)).toEqual(["beta", "zeta", "eta", "theta"]);
    expect(inTabOrder()).toEqual(["beta"]);
    press("ArrowDown", "ArrowDown");
    expect(focused()).toBe("zeta");
    type("nothing like it");
    expect(items()).toEqual([]);
    act(() => document.querySelector<HTMLElement>("#search")?.focus());
    press("ArrowDown");
    expect(focused()).toBe("new");
    type("");
    expect(inTabOrder()).toHaveLength(1);
  });

  it("opens on the first when the page's organization is none of the list", () => {
    draw(["Beta", "Gamma"], "elsewhere");
    expect(document.querySelector("#open")?.textContent).toBe("nowhere");
    open();
    expect(focused()).toBe("beta");
  });
});
