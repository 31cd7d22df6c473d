import { describe, expect, it } from "vitest";
import { isRowhouseError } from "../src/index.ts";
import { parseSettings, type Settings } from "../src/settings.ts";
import { permissions, type FixtureDatabase } from "./fixture/test-tenancy.ts";

const good: Settings<FixtureDatabase, string> = {
  database: { url: "postgres://user:secret@localhost/app" },
  tables: { tenant: ["projects"] },
  permissions,
};

function problemsOf(settings: unknown): string {
  try {
    parseSettings(settings as typeof good);
    return "none";
  } catch (error) {
    if (isRowhouseError(error, "INVALID_SETTINGS")) return error.message;
    throw error;
  }
}

describe("settings", () => {
  it("have defaults, and are frozen", () => {
    const parsed = parseSettings(good);
    expect(parsed.database).toMatchObject({
      maxConnections: 10,
      acquireTimeoutMs: 5_000,
      statementTimeoutMs: 15_000,
      prepare: true,
    });
    expect(parsed.locate).toEqual(["path"]);
    expect([parsed, parsed.database, parsed.tables, parsed.roles].every(Object.isFrozen)).toBe(true);
  });

  it("that are wrong are INVALID_SETTINGS, with every error at once", () => {
    const message = problemsOf({
      database: { url: "mysql://x", maxConnections: 0, statementTimeoutMs: 1.5, prepare: "yes" },
      tables: { tenant: [] },
      permissions: {},
      locate: ["cookie"],
      identify: "me",
    });
    for (const name of [
      "database.url",
      "database.maxConnections",
      "database.statementTimeoutMs",
      "database.prepare",
      "tables.tenant",
      "permissions",
      "locate",
      "identify",
    ]) {
      expect(message).toContain(name);
    }
  });

  it.each([
    ["database.maxConnection", { ...good, database: { ...good.database, maxConnection: 5 } }],
    ["tables.tenants", { ...good, tables: { ...good.tables, tenants: ["tasks"] } }],
    ["debug", { ...good, debug: true }],
    ["roles.admin", { ...good, roles: { owner: "a", runtime: "b", identity: "c", operator: "d", admin: "e" } }],
  ])("with the unknown key %s are refused", (key, settings) => {
    expect(problemsOf(settings)).toContain(key.split(".").at(-1));
  });

  it.each([
    [
      "a table that is tenant and global",
      { ...good, tables: { tenant: ["projects"], global: ["public.projects"] } },
      /tables\.global: has "public\.projects", which is under tenant as well/,
    ],
    [
      "a table that is mixed and tenant",
      { ...good, tables: { tenant: ["projects"], mixed: ["projects"] } },
      /tables\.mixed: has "projects", which is under tenant as well/,
    ],
    [
      "a table that is mixed and global",
      { ...good, tables: { tenant: ["projects"], mixed: ["plans"], global: ["plans"] } },
      /tables\.global: has "plans", which is under mixed as well/,
    ],
    [
      "rows of nobody in what is no tenant table",
      { ...good, tables: { tenant: ["projects"], mixed: ["tasks"], unowned: ["tasks"] } },
      /tables\.unowned: has "tasks", which is not under tenant/,
    ],
    ["a column without a name", { ...good, tables: { tenant: ["projects"], column: "" } }, /tables\.column/],
    ["subdomains without a base domain", { ...good, locate: ["subdomain"] }, /baseDomain: is needed/],
    ["nothing", undefined, /settings/],
    ["a URL without a scheme", { ...good, database: { url: "localhost:5432/app" } }, /must be a URL/],
  ])("with %s are refused", (_, settings, message) => {
    expect(problemsOf(settings)).toMatch(message);
  });

  it("never show a password in what they complain about", () => {
    const message = problemsOf({
      ...good,
      database: { url: "mysql://user:hunter2@localhost/app", operatorUrl: "x:hunter2" },
    });
    expect(message).toMatch(/database\.url/);
    expect(message).not.toContain("hunter2");
  });
});
