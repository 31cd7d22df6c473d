import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { createClient, type FileAnswer } from "../../src/client/index.ts";
import { createApi } from "../../src/http/index.ts";
import type { ErrorCode } from "../../src/index.ts";
import { openHttp, type Http } from "../http/http-fixture.ts";
import type { Staffed } from "../members/people.ts";

interface Member {
  userId: string;
  role: string;
}

/** As `renderApiTypes` writes it. */
interface Api {
  "GET /api/organizations/{orgSlug}": { parameters: { orgSlug: string }; answer: { id: string; slug: string } };
  "GET /api/organization": { organization?: string; answer: { id: string; slug: string } };
  "GET /api/members": {
    query?: { limit?: number | undefined; role?: string | undefined; after?: string | undefined };
    organization?: string;
    answer: { items: Member[]; next: string | null; previous: string | null };
  };
  "POST /api/service-accounts": {
    organization?: string;
    body: { name: string; role: "member" | "viewer" };
    answer: { id: string; name: string };
  };
  "POST /api/leave": { organization?: string; answer: undefined };
  "GET /api/audit/export": { query: { format: "csv" | "json" }; organization?: string; answer: FileAnswer };
}

let http: Http;
let server: Server;
let baseUrl: string;
let acme: Staffed;

beforeAll(async () => {
  http = await openHttp();
  const api = createApi(http.tenancy, { publicUrl: "https://app.example.com" });
  server = createServer((incoming, outgoing) => {
    const isEmpty = incoming.method === "GET" || incoming.method === "HEAD";
    const request = new Request(new URL(incoming.url ?? "/", "http://localhost"), {
      method: incoming.method ?? "GET",
      headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as [string, string]),
      ...(isEmpty ? {} : { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
    });
    void Promise.resolve(api.fetch(request)).then(async (response) => {
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await http[Symbol.asyncDispose]();
});

beforeEach(async () => {
  acme = await http.staffed();
});

async function open(...scopes: Parameters<Http["key"]>[1]) {
  return createClient<Api>({ baseUrl, bearer: await http.key(acme, scopes) });
}

const refused = (call: Promise<unknown>, code: ErrorCode, rest: object = {}) =>
  expect(call).rejects.toMatchObject({ name: "RowhouseError", code, ...rest });

describe("a call", () => {
  it("gives the answer, typed by its line", async () => {
    const client = await open("organization:read");
    const read = await client.call("GET /api/organizations/{orgSlug}", { parameters: { orgSlug: acme.slug } });
    expect(read).toMatchObject({ id: acme.id, slug: acme.slug });
    expectTypeOf(read).toEqualTypeOf<{ id: string; slug: string }>();
    expect(await client.call("GET /api/organization", { organization: acme.slug })).toMatchObject({ id: acme.id });
  });

  it("with too little or too much of an input is a type error", async () => {
    const client = await open("organization:read");
    const wrong = [
      // @ts-expect-error: there is no such line
      () => client.call("GET /api/nowhere"),
      // @ts-expect-error: the path needs a slug
      () => client.call("GET /api/organizations/{orgSlug}"),
      // @ts-expect-error: owner is no role of a machine
      () => client.call("POST /api/service-accounts", { body: { name: "Robot", role: "owner" } }),
      // @ts-expect-error: a file is opened, not called
      () => client.call("GET /api/audit/export", { query: { format: "csv" } }),
      // @ts-expect-error: this is no list
      () => client.items("GET /api/organization"),
    ];
    expect(wrong).toHaveLength(5);
  });

  it("without a body in its answer gives undefined", async () => {
    const { token } = await http.tenancy.tokens.issue({ user: acme.viewer, organization: acme.id });
    const client = createClient<Api>({ baseUrl, bearer: async () => token });
    expect(await client.call("POST /api/leave")).toBe(undefined);
    expect((await acme.members()).some(({ userId }) => userId === acme.viewer)).toBe(false);
  });

  it("that is refused throws the API's own code, its words and its fields", async () => {
    const client = await open("service-accounts:create");
    const body = { name: " ", role: "viewer" } as const;
    await refused(client.call("POST /api/service-accounts", { body }), "INVALID_INPUT", {
      fields: [{ field: "name", message: expect.stringMatching(/./) as string }],
    });
    await refused(client.call("GET /api/members"), "FORBIDDEN");
    const stranger = createClient<Api>({ baseUrl, bearer: "rhk_nobody" });
    await refused(stranger.call("GET /api/organization"), "UNAUTHENTICATED");
    await refused(createClient<Api>({ baseUrl }).call("GET /api/organization"), "UNAUTHENTICATED");
  });

  it("too many says when to try again", async () => {
    const policy = { limit: 1, windowSeconds: 60 };
    const api = createApi(http.tenancy, { publicUrl: baseUrl, rateLimits: { address: policy, caller: policy } });
    const bearer = await http.key(acme, ["organization:read"]);
    const client = createClient<Api>({ baseUrl, bearer, fetch: async (request) => api.fetch(request) });
    await client.call("GET /api/organization");
    await refused(client.call("GET /api/organization"), "TOO_MANY_REQUESTS", {
      retryAfterSeconds: expect.any(Number) as number,
    });
  });

  it("whose parameter holds a slash or dots never means another path", async () => {
    const client = await open("organization:read");
    const read = (orgSlug: string) => client.call("GET /api/organizations/{orgSlug}", { parameters: { orgSlug } });
    await refused(read(`../organizations/${acme.slug}`), "NOT_FOUND");
    await refused(read(`${acme.slug}?x=1#y`), "NOT_FOUND");
    for (const dots of ["", ".", ".."]) await expect(read(dots)).rejects.toThrow(TypeError);
  });
});

describe("a POST", () => {
  const body = { name: "Robot", role: "viewer" } as const;

  it("with the same idempotencyKey is done once", async () => {
    const client = await open("service-accounts:create");
    const input = { body, idempotencyKey: "one" };
    const made = await client.call("POST /api/service-accounts", input);
    expect(await client.call("POST /api/service-accounts", input)).toEqual(made);
  });

  it("without one has a new one each time", async () => {
    const seen: (string | null)[] = [];
    const fetch = async (request: Request) => {
      seen.push(request.headers.get("idempotency-key"));
      return new Response(null, { status: 204 });
    };
    const client = createClient<Api>({ baseUrl, fetch });
    for (let n = 0; n < 2; n += 1) await client.call("POST /api/leave");
    await client.call("GET /api/organization");
    expect(seen).toEqual([expect.any(String), expect.any(String), null]);
    expect(seen[0]).not.toBe(seen[1]);
  });
});

describe("the items of a list", () => {
  it("come page after page, each once", async () => {
    for (let n = 0; n < 7; n += 1) await acme.put("viewer", { name: `Viewer ${n}` });
    const client = await open("members:read");
    const ids: string[] = [];
    for await (const member of client.items("GET /api/members", { query: { limit: 3 } })) {
      expectTypeOf(member).toEqualTypeOf<Member>();
      ids.push(member.userId);
    }
    expect([ids.length, new Set(ids).size]).toEqual([11, 11]);
    let viewers = 0;
    for await (const { role } of client.items("GET /api/members", { query: { limit: 3, role: "viewer" } }))
      viewers += role === "viewer" ? 1 : 0;
    expect(viewers).toBe(8);
  });

  it("are asked for no further than they are read", async () => {
    let pages = 0;
    const bearer = await http.key(acme, ["members:read"]);
    const count = (request: Request) => ((pages += 1), fetch(request));
    const client = createClient<Api>({ baseUrl, bearer, fetch: count });
    const items = client.items("GET /api/members", { query: { limit: 1 } });
    expect((await items.next()).done).toBe(false);
    await items.return(undefined);
    expect(pages).toBe(1);
  });
});

it("a file is opened as a response", async () => {
  const client = await open("audit:export");
  const response = await client.open("GET /api/audit/export", { query: { format: "csv" } });
  expect(response.headers.get("content-type")).toContain("text/csv");
  expect(await response.text()).toContain("organization.created");
});

describe("no answer of the API", () => {
  it("is API_UNREACHABLE: no server, or another one's answer", async () => {
    const nowhere = createClient<Api>({ baseUrl: "http://127.0.0.1:1" });
    await refused(nowhere.call("GET /api/organization"), "API_UNREACHABLE");
    for (const type of ["text/html", "application/problem+json"]) {
      const fetch = async () =>
        new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "content-type": type } });
      await refused(createClient<Api>({ baseUrl, fetch }).call("GET /api/organization"), "API_UNREACHABLE");
    }
  });

  it("is CANCELED where the caller gave up", async () => {
    const client = await open("organization:read");
    await refused(client.call("GET /api/organization", { signal: AbortSignal.abort() }), "CANCELED");
  });
});
