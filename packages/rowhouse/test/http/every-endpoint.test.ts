import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, openHttp, type Answer, type Asking, type Http, type Sent } from "./http-fixture.ts";

let http: Http;
let acme: Staffed;
let globex: Staffed;

beforeAll(async () => {
  http = await openHttp();
  acme = await http.staffed();
  globex = await http.staffed();
});
afterAll(() => http[Symbol.asyncDispose]());

type Mounted = Http["mounted"][number];

const belowSlug = () => http.mounted.filter(({ path }) => path.startsWith("/api/organizations/{orgSlug}"));
const byHeader = () =>
  http.mounted.filter(({ endpoint, path }) => endpoint.access === "organization" && !path.includes("{orgSlug}"));

interface Try extends Sent {
  readonly who: Asking;
  readonly slug?: string;
  readonly query?: string;
}

/** Sends to an endpoint, of whichever mount, with ids that nothing has. */
async function attempt(
  { endpoint, path }: Mounted,
  { who, slug = acme.slug, query = "", ...sent }: Try,
): Promise<Answer> {
  const target = path.replace("{orgSlug}", slug).replaceAll(/\{\w+\}/g, uuidv7());
  const named = endpoint.access === "organization" && !path.includes("{orgSlug}");
  const headers = { ...(named ? { "x-organization": slug } : {}), ...sent.headers };
  return http.send(who, `${endpoint.method.toUpperCase()} ${target}${query}`, { ...sent, headers });
}

const lineOf = ({ endpoint, path }: Mounted) => `${endpoint.method} ${path}`;

/** What every endpoint answered that did not answer this. */
async function others(mounted: readonly Mounted[], status: number, input: Try): Promise<[string, number][]> {
  const answered: [string, number][] = [];
  for (const one of mounted) answered.push([lineOf(one), (await attempt(one, input)).status]);
  expect(answered.length).toBeGreaterThan(10);
  return answered.filter(([, given]) => given !== status);
}

describe("every endpoint of an organization", () => {
  it("is there twice, below the slug and for the header", () => {
    expect(belowSlug().length).toBeGreaterThan(40);
    expect(byHeader()).toHaveLength(belowSlug().length);
  });

  it("is 401 to nobody, on both mounts", async () => {
    expect(await others([...belowSlug(), ...byHeader()], 401, { who: null })).toEqual([]);
  });

  it("is 403 to a role without its permission, on both mounts", async () => {
    const guarded = [...belowSlug(), ...byHeader()].filter(({ endpoint }) => endpoint.permission !== null);
    expect(guarded.length).toBeGreaterThan(80);
    expect(await others(guarded, 403, { who: acme.viewer })).toEqual([]);
  });

  it("is 403 to a key without its scope, though the key's maker be owner", async () => {
    const bearer = await http.key(acme, ["projects:read"]);
    const guarded = belowSlug().filter(({ endpoint }) => endpoint.permission !== null);
    expect(await others(guarded, 403, { who: { bearer } })).toEqual([]);
  });

  it("is one and the same 404 for another's organization, an unknown one, and one named by its id", async () => {
    for (const one of [...belowSlug(), ...byHeader()]) {
      const bodies = new Set<string>();
      for (const slug of [globex.slug, "no-such-organization", acme.id, globex.id]) {
        const { status, text } = await attempt(one, { who: acme.owner, slug });
        expect([lineOf(one), slug, status]).toEqual([lineOf(one), slug, 404]);
        bodies.add(text);
      }
      expect([lineOf(one), bodies.size]).toEqual([lineOf(one), 1]);
    }
  });

  it("looks at the input of no one who may not ask: 403, not 400", async () => {
    const withBody = belowSlug().filter(({ endpoint }) => endpoint.body !== undefined && endpoint.permission !== null);
    expect(await others(withBody, 403, { who: acme.viewer, body: { surplus: 1 } })).toEqual([]);
  });
});

describe("every endpoint for a person", () => {
  it("is 401 to nobody and 403 to a key", async () => {
    const personal = http.mounted.filter(({ endpoint }) => endpoint.access === "user");
    expect(personal.length).toBeGreaterThan(4);
    const bearer = await http.key(acme, ["organization:read"]);
    for (const one of personal) {
      expect([lineOf(one), (await attempt(one, { who: null })).status]).toEqual([lineOf(one), 401]);
      expect([lineOf(one), (await attempt(one, { who: { bearer } })).status]).toEqual([lineOf(one), 403]);
    }
  });
});

describe("every endpoint with an input", () => {
  it("refuses a field of the body that it does not know, and names it", async () => {
    for (const one of http.mounted.filter(({ endpoint }) => endpoint.body !== undefined)) {
      const answer = await attempt(one, { who: acme.owner, body: { surplus: 1 } });
      expect([lineOf(one), answer.status]).toEqual([lineOf(one), 400]);
      expect(fieldsOf(answer)).toContain("surplus");
    }
  });

  it("refuses a body that is no object, no JSON, or not said to be JSON", async () => {
    for (const one of http.mounted.filter(({ endpoint }) => endpoint.body !== undefined)) {
      const headers = { "content-type": "application/json" };
      const send = async (sent: Sent) => (await attempt(one, { who: acme.owner, ...sent })).status;
      expect([lineOf(one), await send({ body: [] }), await send({ body: "{", headers })]).toEqual([
        lineOf(one),
        400,
        400,
      ]);
      expect([lineOf(one), await send({ body: "{}" }), await send({})]).toEqual([lineOf(one), 415, 415]);
    }
  });

  it("refuses a parameter of the query that it does not know, and names it", async () => {
    for (const one of http.mounted.filter(({ endpoint }) => endpoint.query !== undefined)) {
      const answer = await attempt(one, { who: acme.owner, query: "?surplus=1" });
      expect([lineOf(one), answer.status]).toEqual([lineOf(one), 400]);
      expect(fieldsOf(answer)).toContain("surplus");
    }
  });

  it("refuses a limit of a page that is none", async () => {
    const lists = http.mounted.filter(
      ({ path, endpoint }) => /s$|audit$/.test(path) && endpoint.query !== undefined && endpoint.method === "get",
    );
    for (const limit of ["0", "101", "1.5", "many"]) {
      const answer = await attempt(lists[0] ?? failed(), { who: acme.owner, query: `?limit=${limit}` });
      expect([answer.status, fieldsOf(answer)]).toEqual([400, ["limit"]]);
    }
  });
});

describe("every endpoint that names a thing", () => {
  it("is the same 404 for an unknown id and for what is no id", async () => {
    const named = belowSlug().filter(
      ({ path, endpoint }) => /\{(?!orgSlug)\w+Id\}/.test(path) && endpoint.body === undefined,
    );
    expect(named.length).toBeGreaterThan(8);
    for (const one of named) {
      const line = `${one.endpoint.method.toUpperCase()} ${one.path.replace("{orgSlug}", acme.slug)}`;
      const bodies = new Set<string>();
      for (const id of [uuidv7(), "1", "%00", "null", "x".repeat(500)]) {
        const { status, text } = await http.send(acme.owner, line.replaceAll(/\{\w+\}/g, id));
        expect([lineOf(one), id, status]).toEqual([lineOf(one), id, 404]);
        bodies.add(text);
      }
      expect([lineOf(one), bodies.size]).toEqual([lineOf(one), 1]);
    }
  });
});

it("nothing of all this was the server's fault", () => {
  expect(http.faults).toEqual([]);
});

function failed(): never {
  throw new Error("There is no list.");
}
