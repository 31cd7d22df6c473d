import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { problemShape } from "rowhouse/http";
import { assertCleanRefusal } from "./fixture/assert-clean-refusal";
import { listOperations, type Operation } from "./fixture/api-operations";
import { makeTarget, type Target } from "./fixture/cast";
import { expectations } from "./fixture/expectations";
import { hostileAddresses, hostileKinds, hostileTexts, kept, sluglessNames } from "./fixture/hostile-values";
import { openWeb, type Web } from "./fixture/open-web";
import { cookieOf, json, password, signUpPerson, type Person } from "./fixture/person";

let web: Web;
let ada: Person;
let target: Target;
let operations: Operation[];
const logged = vi.spyOn(console, "error");

beforeAll(async () => {
  web = await openWeb();
  ada = await signUpPerson(web, "Hostile");
  target = await makeTarget(web, ada);
  operations = (await listOperations(web)).filter(({ byHeader }) => !byHeader);
});
beforeEach(() => void logged.mockClear());
afterAll(() => web[Symbol.asyncDispose]());

const bodies = z.record(z.string(), z.unknown());

/** The operations that take a body, with one that is right. */
function withBodies(): { operation: Operation; body: Record<string, unknown> }[] {
  return operations.flatMap((operation) => {
    const make = expectations[operation.key]?.body;
    return make === undefined ? [] : [{ operation, body: bodies.parse(make(target)) }];
  });
}

function pathOf({ path }: Operation): string {
  const ids: Readonly<Record<string, string>> = { orgSlug: ada.slug, key: "taskStatus", ...target };
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? "");
}

function send(operation: Operation, body: unknown): Promise<Response> {
  return web.request(pathOf(operation), { ...json(body, { cookie: ada.cookie }), method: operation.method });
}

interface Attempt {
  readonly operation: Operation;
  readonly body: unknown;
  /** The part of it that is wrong. */
  readonly sent: unknown;
}

/** Each is refused, and what all of them together left behind is nothing. */
async function refusesCleanly(attempts: readonly Attempt[]): Promise<void> {
  const before = await web.fingerprint();
  for (const { operation, body, sent } of attempts) await assertCleanRefusal(await send(operation, body), sent);
  expect(await web.fingerprint()).toEqual(before);
}

const textOf = z
  .object({ name: z.string() })
  .or(z.object({ title: z.string() }).transform(({ title }) => ({ name: title })));

describe("every field of every body", () => {
  test("the table of bodies has every operation that can take one", () => {
    const taking = withBodies().map(({ operation }) => operation.key);
    expect(taking.sort()).toEqual(
      operations
        .filter(({ takesBody }) => takesBody)
        .map(({ key }) => key)
        .sort(),
    );
  });

  test.each(hostileKinds.map((value) => [value]))("a field that is %j is refused", async (value) => {
    const attempts = withBodies().flatMap(({ operation, body }) =>
      Object.keys(body)
        .filter((field) => typeof body[field] !== typeof value)
        .map((field) => ({ operation, body: { ...body, [field]: value }, sent: value })),
    );
    expect(attempts.length).toBeGreaterThan(0);
    await refusesCleanly(attempts);
  });

  test("a field that is missing is refused and named", async () => {
    for (const { operation, body } of withBodies()) {
      for (const field of Object.keys(body)) {
        const { [field]: _left, ...rest } = body;
        const response = await send(operation, rest);
        const problem = problemShape.parse(await response.json());
        expect([operation.key, response.status]).toEqual([operation.key, 400]);
        if (field !== "completed") expect(problem.errors?.map((error) => error.field)).toContain(field);
      }
    }
  });

  test("text is refused, or kept exactly as it was sent, normalized", async () => {
    const named = withBodies().filter(
      ({ operation: { key }, body }) =>
        (key.includes("{organization}") &&
          key !== "POST {organization}/api-keys" &&
          ("name" in body || "title" in body)) ||
        key === "POST /api/organizations",
    );
    for (const { operation, body } of named) {
      const field = "name" in body ? "name" : "title";
      for (const text of hostileTexts) {
        const response = await send(operation, { ...body, [field]: text });
        if (response.status >= 300) {
          await assertCleanRefusal(response, text);
          continue;
        }
        expect(textOf.parse(await response.json()).name).toBe(kept(text));
        const location = response.headers.get("location");
        if (location === null) continue;
        const stored = await web.request(location, { headers: { cookie: ada.cookie } });
        expect(textOf.parse(await stored.json()).name).toBe(kept(text));
      }
    }
    expect(logged).not.toHaveBeenCalled();
  });

  test("text with nothing to see, with control characters or with broken characters is refused for a name", async () => {
    const [operation] = operations.filter(({ key }) => key === "POST {organization}/projects");
    if (operation === undefined) throw new Error("Projects cannot be made.");
    const names = ["", " ", "\t\n", "\u200b", "\ufeff\u2060", "nul\u0000", "\u0007", "\ud800", "x".repeat(101)];
    await refusesCleanly(names.map((name) => ({ operation, body: { name }, sent: name })));
    const longest = "\u{1F3F4}".repeat(100);
    expect(await (await send(operation, { name: longest })).json()).toMatchObject({ name: longest });
  });

  test.each(["name", "email", "organization"])(
    "hostile text as the %s of a sign-up is refused or kept, never a fault",
    async (field) => {
      for (const text of hostileTexts) {
        const body = {
          name: "Eve",
          email: `eve-${Math.random()}@example.com`,
          password,
          organization: "Eve's",
          [field]: text,
        };
        const response = await web.request("/api/sign-up", json(body));
        if (response.status !== 201) {
          await assertCleanRefusal(response, text);
          continue;
        }
        const me = await web.request("/api/me", { headers: { cookie: cookieOf(response) } });
        const wanted = {
          name: { user: { name: kept(text) } },
          organization: { organizations: [{ name: kept(text) }] },
          email: {},
        };
        expect(await me.json()).toMatchObject(wanted[field as keyof typeof wanted]);
      }
      expect(logged).not.toHaveBeenCalled();
    },
  );

  test("hostile text in a sign-in is a refusal like any other", async () => {
    for (const text of hostileTexts) {
      await assertCleanRefusal(await web.request("/api/sign-in", json({ email: ada.email, password: text })), text);
      await assertCleanRefusal(await web.request("/api/sign-in", json({ email: text, password })), text);
    }
  });

  test("a password of any characters signs in again as it was chosen", async () => {
    for (const text of [
      "\u{1F469}\u200D\u{1F467} \u202E passphrase",
      "'; drop table users; --",
      "  spaces around  ",
      "x".repeat(128),
    ]) {
      const email = `pw-${Math.random()}@example.com`;
      expect(
        (await web.request("/api/sign-up", json({ name: "P", email, password: text, organization: "Passwords" })))
          .status,
      ).toBe(201);
      expect((await web.request("/api/sign-in", json({ email, password: text }))).status).toBe(200);
      expect((await web.request("/api/sign-in", json({ email, password: `${text}x` }))).status).toBe(401);
    }
  });

  test.each(hostileAddresses.map((email) => [email]))("the address %j is refused", async (email) => {
    const before = await web.fingerprint();
    const body = { name: "Eve", email, password, organization: "Addresses" };
    const response = await web.request("/api/sign-up", json(body));
    expect(problemShape.parse(await response.clone().json()).errors).toMatchObject([{ field: "email" }]);
    await assertCleanRefusal(response, email);
    expect(await web.fingerprint()).toEqual(before);
  });

  test.each(sluglessNames.map((name) => [name]))(
    "an organization called %j has no address and is refused",
    async (name) => {
      const before = await web.fingerprint();
      const created = await web.request("/api/organizations", json({ name }, { cookie: ada.cookie }));
      expect(problemShape.parse(await created.json()).errors).toMatchObject([{ field: "name" }]);
      const body = { name: "Eve", email: "eve-slug@example.com", password, organization: name };
      const signedUp = await web.request("/api/sign-up", json(body));
      expect(problemShape.parse(await signedUp.json()).errors).toMatchObject([{ field: "organization" }]);
      expect([created.status, signedUp.status]).toEqual([400, 400]);
      expect(await web.fingerprint()).toEqual(before);
    },
  );
});

describe("every body as a whole", () => {
  const deep = "[".repeat(10_000) + "]".repeat(10_000);
  const wholes: readonly (readonly [string, string])[] = [
    ["10,000 lists deep", deep],
    ["10,000 objects deep", `${'{"name":'.repeat(5000)}1${"}".repeat(5000)}`],
    ["1 MB of text", JSON.stringify({ name: "x".repeat(1_000_000) })],
    ["null", "null"],
    ["a number", "1"],
    ["text", '"text"'],
    ["a list", "[]"],
    ["nothing", ""],
    ["cut off", '{"name":"a'],
  ];

  test.each(wholes)("%s is refused by every operation", async (_what, text) => {
    await refusesCleanly(withBodies().map(({ operation }) => ({ operation, body: text, sent: text })));
  });

  test("an unknown field is refused by its name, and a name that is no name is not sent back", async () => {
    for (const { operation, body } of withBodies()) {
      for (const extra of ["isAdmin", "organizationId", "role", "id", "constructor", "__proto__"]) {
        if (Object.hasOwn(body, extra)) continue;
        const text = `{${JSON.stringify(extra)}:{"isAdmin":true}${JSON.stringify(body).replace("{", Object.keys(body).length === 0 ? "" : ",")}`;
        const problem = problemShape.parse(await (await send(operation, text)).json());
        expect([operation.key, problem.status, problem.errors?.map(({ field }) => field)]).toEqual([
          operation.key,
          400,
          [extra],
        ]);
      }
      const odd = await send(operation, { ...body, "<script>alert(1)</script>": 1 });
      expect(await odd.text()).not.toContain("<script>");
    }
    expect("isAdmin" in {}).toBe(false);
  });
});
