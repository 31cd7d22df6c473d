import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Can, OrganizationProvider, useOrganization, usePermission } from "../../src/react/index.ts";
import { viewOf } from "./view.ts";

function Slug() {
  return useOrganization().organization.slug;
}

function Answer({ permission }: { permission: string }) {
  return usePermission(permission) ? "yes" : "no";
}

function draw(element: ReturnType<typeof createElement>, view = viewOf()): string {
  return renderToStaticMarkup(createElement(OrganizationProvider, { value: view, children: element }));
}

describe("an organization's provider", () => {
  it("tells what is below it, on the server too", () => {
    expect(draw(createElement(Slug))).toBe("acme");
  });

  it("counts when it is the nearest", () => {
    const inner = { ...viewOf(), organization: { id: "1", slug: "globex", name: "Globex" } };
    const nested = createElement(OrganizationProvider, { value: inner, children: createElement(Slug) });
    expect(draw(nested)).toBe("globex");
  });

  it("is missed by name, never answered with nothing", () => {
    for (const element of [createElement(Slug), createElement(Answer, { permission: "projects:read" })])
      expect(() => renderToStaticMarkup(element)).toThrow(/There is no OrganizationProvider above/);
  });
});

describe("a permission", () => {
  it("is had when it is in the list, and not when it is like one in it", () => {
    const answers = ["projects:read", "projects:create", "projects", "projects:", "*", ""].map((permission) =>
      draw(createElement(Answer, { permission })),
    );
    expect(answers).toEqual(["yes", "no", "no", "no", "no", "no"]);
  });

  it("opens what is inside of Can; without it what stands in for it is drawn, or nothing", () => {
    const can = (permission: string, otherwise?: string) =>
      draw(createElement(Can, { permission, children: "inside", ...(otherwise === undefined ? {} : { otherwise }) }));
    expect([can("projects:read", "else"), can("projects:delete", "else"), can("projects:delete")]).toEqual([
      "inside",
      "else",
      "",
    ]);
  });

  it("that a new view takes away is gone with the next drawing", () => {
    const element = createElement(Can, { permission: "projects:read", children: "inside" });
    expect(draw(element, { ...viewOf(), permissions: [] })).toBe("");
  });
});
