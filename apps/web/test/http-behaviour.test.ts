import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { openWeb, type Web } from "./fixture/open-web";
import { anyAddress, json, signUpPerson, type Person } from "./fixture/person";

let web: Web;
let ada: Person;
let base: string;

beforeAll(async () => {
  const rateLimits = { address: { limit: 40, windowSeconds: 60 }, caller: { limit: 20, windowSeconds: 60 } };
  web = await openWeb({ rateLimits });
});
afterAll(() => web[Symbol.asyncDispose]());
beforeEach(async () => {
  ada = await signUpPerson(web, "Acme");
  base = `/api/organizations/${ada.slug}`;
});

/** By Ada's session, from an address of its own. */
const send = (path: string, headers: Readonly<Record<string, string>> = {}, init: RequestInit = {}) =>
  web.request(path, { ...init, headers: { cookie: ada.cookie, "x-forwarded-for": anyAddress(), ...headers } });
const make = (name: string, idempotencyKey: string) =>
  web.request(`${base}/projects`, json({ name }, { cookie: ada.cookie, "idempotency-key": idempotencyKey }));

async function makeKey(scopes: readonly string[]): Promise<string> {
  const made = await web.request(`${base}/api-keys`, json({ name: "Key", scopes }, { cookie: ada.cookie }));
  expect(made.status).toBe(201);
  return z.object({ key: z.string() }).parse(await made.json()).key;
}

async function projectNames(): Promise<string[]> {
  const page = z.object({ items: z.array(z.object({ name: z.string() })) });
  return page.parse(await (await send(`${base}/projects?sort=name`)).json()).items.map(({ name }) => name);
}

describe("a project with an Idempotency-Key", () => {
  test("that is sent again is made once, with one event, and its answer is the same", async () => {
    const [first, again] = [await make("Website", "one"), await make("Website", "one")];
    expect([first.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([201, 201, "true"]);
    expect(await again.text()).toBe(await first.text());
    expect(await projectNames()).toEqual(["Website"]);
    const { rows } = await web.admin.query<{ count: number }>(
      `select count(*)::integer from rowhouse.audit_events e join rowhouse.organizations o on o.id = e.organization_id
       where o.slug = $1 and action = 'project.created'`,
      [ada.slug],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  test("that asks for another project is 422 and makes none", async () => {
    await make("Website", "one");
    expect((await make("Shop", "one")).status).toBe(422);
    expect(await projectNames()).toEqual(["Website"]);
  });
});

describe("an API key on the product's routes", () => {
  test("does what its scopes say, and names no organization but its own", async () => {
    const authorization = `Bearer ${await makeKey(["projects:read", "projects:create"])}`;
    const made = await web.request("/api/projects", json({ name: "By key" }, { authorization }));
    expect(made.status).toBe(201);
    const path = made.headers.get("location") ?? "";
    const byKey = (to: string, method = "GET") =>
      web.request(to, { method, headers: { authorization, "x-forwarded-for": anyAddress() } });
    expect([(await byKey(path)).status, (await byKey(path, "DELETE")).status]).toEqual([200, 403]);
    const globex = await signUpPerson(web, "Globex");
    expect((await byKey(`/api/organizations/${globex.slug}/projects`)).status).toBe(404);
    expect(await projectNames()).toEqual(["By key"]);
  });

  test("is no one's session: who is signed in is not the key's to ask", async () => {
    const authorization = `Bearer ${await makeKey(["projects:read"])}`;
    expect((await web.request("/api/me", { headers: { authorization } })).status).toBe(403);
  });
});

test("a slug that was given up serves projects, and says the address that they have now", async () => {
  const slug = `${ada.slug}-now`;
  const body = JSON.stringify({ slug });
  const changed = await send(`${base}/slug`, { "content-type": "application/json" }, { method: "PUT", body });
  expect(changed.status).toBe(200);
  const list = await send(`${base}/projects`);
  expect([list.status, list.headers.get("link")]).toEqual([200, `</api/organizations/${slug}>; rel="canonical"`]);
});

test("the audit log is exported in pieces, and ends with all that was done", async () => {
  await make("Website", "one");
  const response = await send(`${base}/audit/export?format=csv`);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  for (;;) {
    const piece = await reader?.read();
    if (piece?.value === undefined) break;
    pieces.push(decoder.decode(piece.value));
  }
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join("")).toContain("project.created");
});

describe("too many requests", () => {
  test("by a person are 429, with the headers that say when to go on; a key has its own count", async () => {
    const authorization = `Bearer ${await makeKey(["projects:read"])}`;
    let last = await send(`${base}/projects`);
    for (let count = 0; count < 20 && last.status === 200; count += 1) last = await send(`${base}/projects`);
    expect([last.status, last.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
    expect(last.headers.get("ratelimit")).toMatch(/"caller";r=0;t=\d+/);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    const byKey = await web.request("/api/projects", { headers: { authorization, "x-forwarded-for": anyAddress() } });
    expect([byKey.status, byKey.headers.get("ratelimit")]).toEqual([200, expect.stringContaining('"caller";r=19')]);
  });

  test("from one address are 429 whoever asks, and another address is not", async () => {
    const from = (address: string) =>
      web.request("/api/jwks", { headers: { "x-forwarded-for": address } }).then(({ status }) => status);
    const address = anyAddress();
    const statuses: number[] = [];
    for (let count = 0; count < 41; count += 1) statuses.push(await from(address));
    expect([statuses.slice(0, 40).every((status) => status === 200), statuses[40]]).toEqual([true, 429]);
    expect(await from(anyAddress())).toBe(200);
  });
});
