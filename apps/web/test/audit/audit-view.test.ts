import { expect, it } from "vitest";
import { auditFiltersOf } from "../../audit/audit-filters-of";
import { auditViewHref, isNarrowed, parseAuditView } from "../../audit/audit-view";

it("what is not understood in the address does not narrow, and breaks nothing", () => {
  const view = parseAuditView({ action: "'; drop table", from: "2026-02-31", to: "soon", q: "\0", actor: ["a", "b"] });
  expect(view).toMatchObject({ search: "", noun: "", from: "", to: "", actor: "a" });
  expect(isNarrowed(parseAuditView({ action: "*", from: "x" }))).toBe(false);
});

it("a link keeps what narrows and leaves out what does not", () => {
  const view = parseAuditView({ q: " key ", action: "member", from: "2026-01-31", after: "cursor" });
  expect(auditViewHref("/acme/audit", view, { after: "next" })).toBe(
    "/acme/audit?q=key&action=member&from=2026-01-31&after=next",
  );
});

it("days begin and end where the organization is, also on the days on which clocks change", () => {
  const view = parseAuditView({ from: "2026-03-29", to: "2026-03-29", action: "member" });
  expect(auditFiltersOf(view, "Europe/Berlin")).toMatchObject({
    action: "member.*",
    from: "2026-03-28T23:00:00.000Z",
    to: "2026-03-29T22:00:00.000Z",
  });
  expect(auditFiltersOf(view, "Pacific/Auckland").from).toBe("2026-03-28T11:00:00.000Z");
  expect(auditFiltersOf(view, "America/Los_Angeles").to).toBe("2026-03-30T07:00:00.000Z");
});

it("a day that begins at one o'clock, because clocks go forward at midnight, begins there", () => {
  const view = parseAuditView({ from: "2026-03-29" });
  // Beirut: 00:00 becomes 01:00, which is 22:00 UTC the evening before.
  expect(auditFiltersOf(view, "Asia/Beirut").from).toBe("2026-03-28T22:00:00.000Z");
});
