import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callerId, changeSlug } from "../../src/index.ts";
import type { Staffed } from "../members/people.ts";
import { bearing, openKeys, type KeyFixture } from "../api-keys/key-fixture.ts";
import { refused } from "../fixture/refused.ts";
import { newTokenKey } from "../tokens/token-key.ts";

let keys: KeyFixture;
let acme: Staffed;
let globex: Staffed;
/** Who has a session: every request, as it would by a cookie. */
let sessionUser: string | null = null;

beforeAll(async () => {
  keys = await openKeys({
    identify: async () => (sessionUser === null ? null : { userId: sessionUser, activeOrganization: acme.slug }),
    tokens: {
      issuer: "https://app.example.com",
      audience: "https://api.example.com",
      keys: [await newTokenKey("one")],
    },
  });
});

afterAll(() => keys[Symbol.asyncDispose]());

beforeEach(async () => {
  sessionUser = null;
  acme = await keys.staffed();
  globex = await keys.staffed();
});

/** A key and a token of Acme's owner, who is a member of Globex as well. */
async function credentials(): Promise<{ kind: string; text: string }[]> {
  await keys.sql("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'member')", [
    globex.id,
    acme.owner,
  ]);
  const { key } = await keys.make(acme, acme.owner);
  const { token } = await keys.tenancy.tokens.issue({ user: acme.owner, organization: acme.slug });
  return [
    { kind: "api-key", text: key },
    { kind: "token", text: token },
  ];
}

const open = (request: Request) => keys.tenancy.enterRequest(request, async ({ organization }) => organization.id);

describe("the organization of a key or a token", () => {
  it("is its own where the request names none", async () => {
    for (const { text } of await credentials()) expect(await open(bearing(text, "/"))).toBe(acme.id);
  });

  it("may be named by slug, id and former slug, in the path and in the header", async () => {
    const former = acme.slug;
    await keys.as(acme, acme.owner, (tenant) => changeSlug(tenant, { slug: `${former}-new` }));
    for (const { text } of await credentials()) {
      for (const name of [former, `${former}-new`, acme.id, acme.id.toUpperCase()]) {
        expect(await open(bearing(text, `/${name}`))).toBe(acme.id);
        expect(await open(bearing(text, "/", { "x-organization": name }))).toBe(acme.id);
      }
    }
  });

  it("is NOT_FOUND where the request names another, though its holder be a member there", async () => {
    for (const { text } of await credentials()) {
      for (const name of [globex.slug, globex.id, "no-such-organization", "%00", "a".repeat(5_000)]) {
        await refused(open(bearing(text, `/${name}`)), "NOT_FOUND");
      }
      await refused(open(bearing(text, "/", { "x-organization": globex.slug })), "NOT_FOUND");
    }
  });

  it("is NOT_FOUND where the settings do not look for it there", async () => {
    const [key] = await credentials();
    const tenancy = keys.people.fixture.open({ locate: ["path"] });
    await refused(
      tenancy.enterRequest(bearing(key?.text ?? ""), async () => true),
      "NOT_FOUND",
    );
  });

  it("is never the one last open in a session", async () => {
    sessionUser = acme.owner;
    const { key } = await keys.make(globex, globex.owner);
    expect(await open(bearing(key))).toBe(globex.id);
  });
});

describe("an Authorization header", () => {
  it("wins over a session", async () => {
    sessionUser = globex.owner;
    for (const { text } of await credentials()) {
      expect(await open(bearing(text))).toBe(acme.id);
      await refused(open(bearing(text, `/${globex.slug}`)), "NOT_FOUND");
    }
  });

  it.each([
    "",
    "Bearer",
    "Bearer ",
    "Bearer x",
    "Bearer rhk_",
    "Bearer null",
    "Basic dXNlcjpwYXNz",
    "Bearer a, Bearer b",
    `Bearer ${"a".repeat(10_000)}`,
    "rhk_0190a0000000700080000000000000aa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  ])("that is bad (%j) is UNAUTHENTICATED, though a session would do", async (authorization) => {
    sessionUser = acme.owner;
    const request = new Request(`https://app.example.com/${acme.slug}`, { headers: { authorization } });
    await refused(open(request), "UNAUTHENTICATED");
    await refused(keys.tenancy.getCaller(request), "UNAUTHENTICATED");
    await refused(keys.tenancy.identify(request), "UNAUTHENTICATED");
  });

  it("with two credentials is refused, even when both are good", async () => {
    const headers = new Headers();
    for (const { text } of await credentials()) headers.append("authorization", `Bearer ${text}`);
    await refused(open(new Request("https://app.example.com/", { headers })), "UNAUTHENTICATED");
  });

  it("is read whatever the case of its scheme", async () => {
    for (const { text } of await credentials()) {
      const request = new Request("https://app.example.com/", { headers: { authorization: `bEARER ${text}` } });
      expect(await open(request)).toBe(acme.id);
    }
  });
});

describe("who a request is from", () => {
  it("is said without entering an organization", async () => {
    const [key, token] = await credentials();
    const byKey = await keys.tenancy.getCaller(bearing(key?.text ?? ""));
    expect(byKey).toMatchObject({ kind: "api-key", organization: { id: acme.id }, actor: { userId: acme.owner } });
    expect(callerId(byKey)).toMatch(/^api-key:[0-9a-f-]{36}$/);
    const byToken = await keys.tenancy.getCaller(bearing(token?.text ?? ""));
    expect(byToken).toEqual({ kind: "token", userId: acme.owner, organizationId: acme.id });
    sessionUser = acme.owner;
    const bySession = await keys.tenancy.getCaller(new Request("https://app.example.com/"));
    expect(bySession).toEqual({ kind: "session", userId: acme.owner, activeOrganization: acme.slug });
    expect(callerId(bySession)).toBe(callerId(byToken));
  });

  it("is nobody without a session and a header: UNAUTHENTICATED", async () => {
    await refused(keys.tenancy.getCaller(new Request("https://app.example.com/")), "UNAUTHENTICATED");
  });

  it("is no person for a key or a token: FORBIDDEN where a person is needed", async () => {
    sessionUser = acme.owner;
    for (const { text } of await credentials()) await refused(keys.tenancy.identify(bearing(text)), "FORBIDDEN");
    expect(await keys.tenancy.identify(new Request("https://app.example.com/"))).toMatchObject({ userId: acme.owner });
  });

  it("may enter right away", async () => {
    for (const { text } of await credentials()) {
      const caller = await keys.tenancy.getCaller(bearing(text));
      const enter = (organization: string) => keys.tenancy.enterAs(caller, { organization }, async ({ role }) => role);
      expect(await enter(acme.slug)).toBe("owner");
      await refused(enter(globex.slug), "NOT_FOUND");
    }
  });
});

describe("a scope inside of a key's scope", () => {
  it("of the same key is allowed, and of another key, or of its holder in person, TENANT_ALREADY_OPEN", async () => {
    const { key } = await keys.make(acme, acme.owner);
    const { key: other } = await keys.make(acme, acme.owner);
    const inside = (work: () => Promise<unknown>) => keys.enter(key, work);
    expect(await inside(() => keys.enter(key, async () => "in"))).toBe("in");
    await refused(
      inside(() => keys.enter(other, async () => "in")),
      "TENANT_ALREADY_OPEN",
    );
    await refused(
      inside(() => keys.as(acme, acme.owner, async () => "in")),
      "TENANT_ALREADY_OPEN",
    );
  });
});

it("tenants do not mix with 100 requests of keys, tokens and sessions at once", async () => {
  const worlds = await Promise.all(
    [acme, globex].map(async (organization) => ({
      organization,
      texts: [
        (await keys.make(organization, organization.owner)).key,
        (await keys.tenancy.tokens.issue({ user: organization.owner, organization: organization.slug })).token,
      ],
    })),
  );
  for (const { organization } of worlds)
    await keys.sql("insert into projects (organization_id, id, name) values ($1, $2, $3)", [
      organization.id,
      uuidv7(),
      organization.slug,
    ]);
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const world = worlds[index % 2];
      const text = world?.texts[Math.floor(index / 2) % 2] ?? "";
      const rows = await keys.enter(text, ({ db }) => db.selectFrom("projects").select("name").execute());
      return rows.length === 1 && rows[0]?.name === world?.organization.slug;
    }),
  );
  expect(answers.filter((isRight) => !isRight)).toEqual([]);
});
