import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEndpoints, problemShape } from "rowhouse/http";
import { apiOptions } from "@/api/api";
import { tenancy } from "@/tenancy/tenancy";
import { listOperations, type Operation } from "./fixture/api-operations";
import {
  actors,
  makeTarget,
  mendStandings,
  openCast,
  targetOf,
  type ActorName,
  type Cast,
  type Target,
} from "./fixture/cast";
import { expectations, queries, type Expectation } from "./fixture/expectations";
import { openWeb, type Web } from "./fixture/open-web";
import { anyAddress } from "./fixture/person";

let web: Web;
let cast: Cast;
let operations: Operation[];

beforeAll(async () => {
  web = await openWeb();
  cast = await openCast(web);
  operations = await listOperations(web);
});
afterAll(() => web[Symbol.asyncDispose]());

interface Attempt {
  readonly actor: ActorName;
  readonly target: Target;
  readonly slug?: string;
}

async function attempt(
  { method, path, byHeader, key }: Operation,
  { actor, target, slug = cast.acme.slug }: Attempt,
): Promise<Response> {
  const body = expectations[key]?.body?.(target);
  const cookie = cast.cookies[actor];
  const ids: Readonly<Record<string, string>> = { orgSlug: slug, key: "taskStatus", ...target };
  const at = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(ids[name] ?? ""));
  return web.request(`${at}${queries[key] ?? ""}`, {
    method,
    headers: {
      "x-forwarded-for": anyAddress(),
      ...(cookie === undefined ? {} : { cookie }),
      ...(byHeader ? { "x-organization": slug } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

const anonymous: readonly ActorName[] = ["no cookie", "forged cookie", "tampered signature", "ended session"];

function expectedStatus(expectation: Expectation, actor: ActorName): number {
  if (expectation.access === "public") return expectation.status;
  if (anonymous.includes(actor)) return 401;
  if (expectation.access === "user") return expectation.status;
  if (actor === "owner" || actor === "member") return expectation[actor];
  return actor === "viewer" || actor === "demoted member" ? expectation.viewer : 404;
}

/** Those that fit, and the others. */
function split<Item>(items: readonly Item[], fits: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(fits), items.filter((item) => !fits(item))];
}

const statusesOf = async (responses: readonly Response[]) => [...new Set(responses.map(({ status }) => status))];
const textsOf = async (responses: readonly Response[]) => [
  ...new Set(await Promise.all(responses.map((response) => response.text()))),
];
const ofOrganization = () => operations.filter(({ key }) => key.includes("{organization}"));

describe("every route and everybody", () => {
  test("every route has its expectations, and every expectation its route", () => {
    expect([...new Set(operations.map(({ key }) => key))].sort()).toEqual(Object.keys(expectations).sort());
  });

  const signingOut = "POST /api/sign-out";
  test.each(Object.entries(expectations).filter(([key]) => key !== signingOut))(
    "%s answers each as its role allows, and writes nothing when it refuses",
    async (key, expectation) => {
      const spare = await makeTarget(web, cast.acme);
      // Who is refused comes first, so that one look at all tables tells of all of them.
      const [admitted, refused] = split(actors, (actor) => expectedStatus(expectation, actor) < 300);
      const before = await web.fingerprint();
      for (const operation of operations.filter((one) => one.key === key)) {
        for (const actor of refused) {
          const response = await attempt(operation, { actor, target: spare });
          const answer = problemShape.parse(await response.json());
          const expected = expectedStatus(expectation, actor);
          expect([operation.path, actor, response.status, answer.status]).toEqual([
            operation.path,
            actor,
            expected,
            expected,
          ]);
        }
      }
      expect(await web.fingerprint()).toEqual(before);
      for (const operation of operations.filter((one) => one.key === key)) {
        for (const actor of admitted) {
          const response = await attempt(operation, { actor, target: await makeTarget(web, cast.acme) });
          await response.text();
          expect([operation.path, actor, response.status]).toEqual([
            operation.path,
            actor,
            expectedStatus(expectation, actor),
          ]);
          await mendStandings(web, cast);
        }
      }
    },
  );

  test("the answers have the documented form, and no field more", async () => {
    for (const { endpoint, path } of listEndpoints(tenancy(), apiOptions())) {
      const operation = operations.find((one) => one.path === path && one.method === endpoint.method.toUpperCase());
      const expectation = operation && expectations[operation.key];
      if (operation === undefined || expectation === undefined || endpoint.answer === undefined) continue;
      if (expectedStatus(expectation, "owner") !== endpoint.status) continue;
      const response = await attempt(operation, { actor: "owner", target: await makeTarget(web, cast.acme) });
      const body: unknown = await response.json();
      await mendStandings(web, cast);
      expect([operation.key, response.status]).toEqual([operation.key, endpoint.status]);
      expect(endpoint.answer.parse(body)).toEqual(body);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });

  test("who was removed keeps the rest: their own organization is still theirs", async () => {
    const me = operations.filter(({ key }) => key === "GET /api/me");
    const [response] = await Promise.all(
      me.map((operation) => attempt(operation, { actor: "removed member", target: targetOf("") })),
    );
    const text = await response?.text();
    expect(text).toContain('"Own of admin"');
    expect(text).not.toContain(`"${cast.acme.slug}"`);
  });
});

describe("names and ids of others", () => {
  test("another organization's, an unknown, an upper-case, a malformed slug and an id are the same 404", async () => {
    const { rows } = await web.admin.query<{ id: string }>("select id from rowhouse.organizations where slug = $1", [
      cast.acme.slug,
    ]);
    const slugs = [
      cast.globex.slug,
      "nobody-here",
      cast.acme.slug.toUpperCase(),
      "%",
      "'; drop table projects --",
      "..",
      rows[0]?.id ?? "",
      randomUUID(),
    ];
    const target = await makeTarget(web, cast.acme);
    const before = await web.fingerprint();
    for (const operation of ofOrganization()) {
      const sendable = slugs.filter((slug) => operation.byHeader || slug !== "..");
      const responses = await Promise.all(sendable.map((slug) => attempt(operation, { actor: "owner", target, slug })));
      expect([operation.path, await statusesOf(responses)]).toEqual([operation.path, [404]]);
      expect(await textsOf(responses)).toHaveLength(1);
    }
    expect(await web.fingerprint()).toEqual(before);
  });

  test("another organization's, an unknown and a malformed id are the same 404", async () => {
    const foreign = await makeTarget(web, cast.globex);
    const targets = [
      foreign,
      ...[
        randomUUID(),
        "1",
        "null",
        "' or true --",
        "00000000-0000-0000-0000-000000000000",
        "\u0000",
        "x".repeat(1000),
      ].map(targetOf),
    ];
    const before = await web.fingerprint();
    const withIds = ofOrganization().filter(({ path }) => /\{\w+Id\}/.test(path));
    expect(withIds.length).toBeGreaterThan(30);
    for (const operation of withIds) {
      const responses = await Promise.all(targets.map((target) => attempt(operation, { actor: "owner", target })));
      expect([operation.path, await statusesOf(responses)]).toEqual([operation.path, [404]]);
      expect(await textsOf(responses)).toHaveLength(1);
    }
    expect(await web.fingerprint()).toEqual(before);
  });

  test("a path that names one organization is not moved by a header that names another", async () => {
    const headers = { cookie: cast.acme.cookie, "x-organization": cast.globex.slug };
    const response = await web.request(`/api/organizations/${cast.acme.slug}`, { headers });
    expect(await response.json()).toMatchObject({ slug: cast.acme.slug });
  });

  test("without a path and a header there is no organization", async () => {
    expect((await web.request("/api/projects", { headers: { cookie: cast.acme.cookie } })).status).toBe(404);
  });
});

test("signing out ends that session, answers 204 to everybody, and ends no other session", async () => {
  const [signOut] = operations.filter(({ key }) => key === "POST /api/sign-out");
  if (signOut === undefined) throw new Error("There is no way to sign out.");
  const { sessions: before } = await countSessions();
  for (const actor of anonymous) expect((await attempt(signOut, { actor, target: targetOf("") })).status).toBe(204);
  expect((await countSessions()).sessions).toBe(before);
  expect((await attempt(signOut, { actor: "viewer", target: targetOf("") })).status).toBe(204);
  expect((await countSessions()).sessions).toBe(before - 1);
  expect((await web.request("/api/me", { headers: { cookie: cast.cookies.viewer ?? "" } })).status).toBe(401);
});

async function countSessions(): Promise<{ sessions: number }> {
  const { rows } = await web.admin.query<{ sessions: number }>(
    "select count(*)::integer as sessions from auth.sessions",
  );
  return rows[0] ?? { sessions: 0 };
}
