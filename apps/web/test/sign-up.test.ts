import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { problemShape } from "rowhouse/http";
import type { Fingerprint } from "./fixture/fingerprint-tables";
import { openWeb, type Web } from "./fixture/open-web";
import { cookieOf, json, password } from "./fixture/person";
import { startCuttingProxy, type CuttingProxy } from "./fixture/start-cutting-proxy";

let web: Web;
let proxy: CuttingProxy;
const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);

beforeAll(async () => {
  web = await openWeb({
    rerouteIdentity: async (url) => {
      const { hostname, port } = new URL(url);
      proxy = await startCuttingProxy({ host: hostname, port: Number(port) });
      return proxy.url(url);
    },
  });
});
beforeEach(() => void logged.mockClear());
afterEach(() => proxy.mend());
afterAll(async () => {
  await web[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
});

const person = (changes: Record<string, string> = {}) => ({
  name: "Ada",
  email: `${randomUUID()}@example.com`,
  password,
  organization: "Atomic",
  ...changes,
});
const signUp = (changes?: Record<string, string>) => web.request("/api/sign-up", json(person(changes)));

const written = [
  "auth.accounts",
  "auth.mail",
  "auth.mail_links",
  "auth.users",
  "rowhouse.memberships",
  "rowhouse.organization_slugs",
  "rowhouse.organizations",
];

/** The tables that have more rows than before. */
function grown(before: Fingerprint, after: Fingerprint): string[] {
  return Object.keys(after).filter((table) => (after[table]?.rows ?? 0) > (before[table]?.rows ?? 0));
}

describe("sign-up is all or nothing", () => {
  test("it writes the user, the password, the organization, its slug, the owner, and the mail with its link", async () => {
    const before = await web.fingerprint();
    expect((await signUp()).status).toBe(201);
    expect(grown(before, await web.fingerprint())).toEqual(expect.arrayContaining(written));
  });

  test.each(["immediate", "at commit"].flatMap((when) => written.map((table) => [table, when] as const)))(
    "when %s refuses its row %s, nothing remains",
    async (table, when) => {
      await installRefusal(table, when === "at commit");
      const before = await web.fingerprint();
      const response = await signUp();
      const text = await response.text();
      await web.admin.query("drop function refuse_row cascade");
      expect(problemShape.parse(JSON.parse(text)).status).toBe(500);
      expect(text).not.toMatch(/refused by the test|P0001/);
      expect(logged).toHaveBeenCalled();
      expect(await web.fingerprint()).toEqual(before);
    },
  );

  test("when the connection breaks after any message, nothing remains, or all of it where the commit had been sent", async () => {
    const left: number[] = [];
    for (let messages = 1; messages < 200; messages += 1) {
      const before = await web.fingerprint();
      proxy.cutAfter(messages);
      const response = await signUp({ organization: `Cut ${messages}` });
      const signedIn = response.status === 201 && cookieOf(response) !== "";
      if (signedIn && !proxy.hasCut()) break;
      await identityConnectionsAreGone();
      const tables = grown(before, await web.fingerprint()).filter((table) => table !== "auth.sessions");
      left.push(tables.length);
      if (tables.length > 0) expect(tables).toEqual(expect.arrayContaining(written));
      if (response.status === 201) expect(tables).not.toEqual([]);
      else expect([503, 500]).toContain(response.status);
    }
    const firstComplete = left.findIndex((tables) => tables > 0);
    expect(left.slice(0, firstComplete).length).toBeGreaterThan(10);
    expect(left.slice(firstComplete).every((tables) => tables > 0)).toBe(true);
    expect(left.length).toBeLessThan(199);
    // Some seventy sign-ups, each with a password to hash: long on a busy machine.
  }, 300_000);
});

describe("sign-ups at the same moment", () => {
  test("of twenty with one address one is taken, and the others are told", async () => {
    const email = `${randomUUID()}@example.com`;
    const before = await web.fingerprint();
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => signUp({ email: index % 2 === 0 ? email : email.toUpperCase() })),
    );
    const refused = responses.filter(({ status }) => status === 409);
    expect([responses.filter(({ status }) => status === 201).length, refused.length]).toEqual([1, 19]);
    const problem = problemShape.parse(await refused[0]?.json());
    expect(problem).toMatchObject({ code: "CONFLICT", errors: [{ field: "email" }] });
    const after = await web.fingerprint();
    for (const table of written)
      expect([table, (after[table]?.rows ?? 0) - (before[table]?.rows ?? 0)]).toEqual([table, 1]);
  });

  test("twenty with one organization's name get twenty slugs", async () => {
    const responses = await Promise.all(Array.from({ length: 20 }, () => signUp({ organization: "Twenty" })));
    const bodies = (await Promise.all(responses.map((response) => response.json()))) as {
      organization: { slug: string };
    }[];
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(bodies.map(({ organization }) => organization.slug)).size).toBe(20);
  });
});

describe("signing in", () => {
  test("an unknown address and a wrong password are the same answer, and take about the same time", async () => {
    const known = person();
    expect((await web.request("/api/sign-up", json(known))).status).toBe(201);
    const attempt = async (email: string) => {
      const start = performance.now();
      const response = await web.request("/api/sign-in", json({ email, password: "not the password" }));
      return {
        status: response.status,
        text: await response.text(),
        headers: [...response.headers.keys()],
        ms: performance.now() - start,
      };
    };
    const [wrong, unknown] = [[], []] as Awaited<ReturnType<typeof attempt>>[][];
    for (let round = 0; round < 5; round += 1) {
      wrong?.push(await attempt(known.email));
      unknown?.push(await attempt(`${randomUUID()}@example.com`));
    }
    const answers = [...(wrong ?? []), ...(unknown ?? [])].map(({ status, text, headers }) =>
      JSON.stringify([status, text, headers]),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain("UNAUTHENTICATED");
    const fastest = (runs: readonly { ms: number }[] = []) => Math.min(...runs.map(({ ms }) => ms));
    expect(fastest(unknown)).toBeGreaterThan(fastest(wrong) * 0.4);
    expect(fastest(wrong)).toBeGreaterThan(fastest(unknown) * 0.4);
  });

  test("too many attempts from one address are 429; an account that is made then is made, without a session", async () => {
    const headers = { "x-forwarded-for": "203.0.113.7" };
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      statuses.push(
        (await web.request("/api/sign-in", json({ email: "a@example.com", password: "wrong" }, headers))).status,
      );
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    const response = await web.request("/api/sign-up", json(person(), headers));
    expect([response.status, response.headers.getSetCookie()]).toEqual([201, []]);
  });
});

async function installRefusal(table: string, atCommit: boolean): Promise<void> {
  const quoted = table.split(".").map(pg.escapeIdentifier).join(".");
  await web.admin.query(
    "create function refuse_row() returns trigger language plpgsql as $$ begin raise exception 'refused by the test'; end $$",
  );
  const kind = atCommit ? "constraint trigger refuse_row after" : "trigger refuse_row before";
  const deferral = atCommit ? "deferrable initially deferred" : "";
  await web.admin.query(`create ${kind} insert on ${quoted} ${deferral} for each row execute function refuse_row()`);
}

/** What was sent before the break may still be at work. */
async function identityConnectionsAreGone(): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { rowCount } = await web.admin.query(
      "select from pg_catalog.pg_stat_activity where datname = current_database() and usename = 'web_test_identity'",
    );
    if (rowCount === 0) return;
    await sleep(10);
  }
  throw new Error("The connections of the identity role outlived the break.");
}
