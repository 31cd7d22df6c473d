import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createApi, endpointsFor, parseInput } from "../../src/http/index.ts";
import { RowhouseError } from "../../src/index.ts";
import type { Staffed } from "../members/people.ts";
import type { FixtureDatabase } from "../fixture/test-tenancy.ts";
import { fieldsOf, jsonType, openHttp, publicUrl, type Http, type Permission } from "./http-fixture.ts";

let http: Http;
let acme: Staffed;
let base: string;

beforeAll(async () => {
  http = await openHttp();
});
afterAll(() => http[Symbol.asyncDispose]());
beforeEach(async () => {
  acme = await http.staffed();
  base = `/api/organizations/${acme.slug}`;
});

const nameNow = async () => (await http.send(acme.owner, `GET ${base}`)).body.name;

describe("an address", () => {
  it("that there is none of is a 404, whoever asks", async () => {
    for (const path of [
      "/",
      "/api",
      "/api/",
      "/api/nothing",
      `${base}/nothing`,
      `${base}/members/`,
      "/API/organizations",
    ])
      for (const who of [null, acme.owner])
        expect([path, (await http.send(who, `GET ${path}`)).status]).toEqual([path, 404]);
  });

  it("under another method is 405 and says which are right; OPTIONS says the same", async () => {
    const wrong = await http.send(acme.owner, `DELETE ${base}`);
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS, PATCH"]);
    const asked = await http.send(null, `OPTIONS ${base}`);
    expect([asked.status, asked.headers.get("allow"), asked.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "GET, HEAD, OPTIONS, PATCH",
      null,
    ]);
  });

  it("is below the mount that the application chose", async () => {
    const send = http.open({ mount: "/v1/" });
    expect((await send(acme.owner, `GET /v1/organizations/${acme.slug}`)).body).toMatchObject({ id: acme.id });
    expect((await send(acme.owner, `GET ${base}`)).status).toBe(404);
    expect((await send(null, "GET /v1/openapi.json")).status).toBe(200);
  });
});

describe("a body", () => {
  const patch = (body: string | Uint8Array | ReadableStream, headers: Record<string, string> = jsonType) =>
    http.send(acme.owner, `PATCH ${base}`, { body, headers });

  it("that is malformed is 400, and says nothing of what was sent", async () => {
    const answer = await patch('{"name": "quoted text');
    expect([answer.status, answer.text.includes("quoted")]).toEqual([400, false]);
    expect((await patch(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400);
  });

  it("of another type, or of none, is 415", async () => {
    const body = '{"name":"Never"}';
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
      expect([type, (await patch(body, { "content-type": type })).status]).toEqual([type, 415]);
    expect(await nameNow()).not.toBe("Never");
    expect((await patch('{"name":"Now"}', { "content-type": "Application/JSON; charset=utf-8" })).status).toBe(200);
  });

  it("above 64 kB is 413, whether it says its length or not", async () => {
    const large = JSON.stringify({ name: "Never", description: "x".repeat(70_000) });
    expect((await patch(large)).status).toBe(413);
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(" ".repeat(10_000))),
    });
    expect((await patch(stream)).status).toBe(413);
    const keyed = { ...jsonType, "idempotency-key": "one" };
    expect((await http.send(acme.owner, `POST ${base}/service-accounts`, { body: large, headers: keyed })).status).toBe(
      413,
    );
    expect(await nameNow()).not.toBe("Never");
  });

  it("has each wrong field named once, and no name that could not be shown", async () => {
    const answer = await http.send(acme.owner, `PATCH ${base}`, { body: { name: 1, description: 2, "<b>": 3 } });
    expect(fieldsOf(answer).sort()).toEqual(["(unknown)", "description", "name"]);
  });
});

describe("a page of another site", () => {
  const from = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const patch = (headers: Record<string, string>, who: string | { bearer: string } = acme.owner) =>
    http.send(who, `PATCH ${base}`, { body: { name: "Changed" }, headers });

  it("changes nothing by a cookie: 403, which does not speak of a role", async () => {
    for (const headers of [
      from,
      { origin: from.origin },
      { origin: "null" },
      { "sec-fetch-site": "same-site" },
    ] as const) {
      const { status, body } = await patch({ ...headers } as Record<string, string>);
      expect([status, String(body.detail).includes("role")]).toEqual([403, false]);
    }
    expect(await nameNow()).not.toBe("Changed");
  });

  it("is not helped by an Authorization header that a browser adds unasked", async () => {
    expect((await patch({ ...from, authorization: "Basic eDp5" })).status).toBe(403);
  });

  it("reads what a session may read; the browser keeps that from it", async () => {
    const { status, headers } = await http.send(acme.owner, `GET ${base}`, { headers: from });
    expect([status, headers.get("access-control-allow-origin")]).toEqual([200, null]);
  });

  it("may show a key: no cookie speaks then", async () => {
    const bearer = await http.key(acme, ["organization:update"]);
    expect((await patch(from, { bearer })).status).toBe(200);
    expect((await patch({ ...from, cookie: `user=${acme.owner}` }, { bearer: "rhk_bad" })).status).toBe(401);
  });

  it("is not the application's own page, nor a client that is no browser", async () => {
    expect((await patch({ origin: publicUrl })).status).toBe(200);
    expect((await patch({ origin: publicUrl, "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await patch({})).status).toBe(200);
  });
});

describe("an API key", () => {
  it("is good in its own organization alone, though its maker be a member of the other", async () => {
    const globex = await http.staffed();
    await http.sql("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'owner')", [
      globex.id,
      acme.owner,
    ]);
    const bearer = await http.key(acme, ["organization:read"]);
    const statuses = [base, "/api/organization", `/api/organizations/${globex.slug}`, "/api/organizations/nobody"].map(
      async (path) => (await http.send({ bearer }, `GET ${path}`)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404]);
  });

  it("may do no more than its maker may now", async () => {
    const bearer = await http.key(acme, ["audit:read", "organization:read"], { user: acme.admin });
    expect((await http.send({ bearer }, `GET ${base}/audit`)).status).toBe(200);
    await http.send(acme.owner, `PATCH ${base}/members/${acme.admin}`, { body: { role: "member" } });
    expect((await http.send({ bearer }, `GET ${base}/audit`)).status).toBe(403);
    await http.send(acme.owner, `DELETE ${base}/members/${acme.admin}`);
    expect((await http.send({ bearer }, `GET ${base}`)).status).toBe(401);
  });
});

describe("an application's own endpoint", () => {
  const { organizationEndpoint, publicEndpoint } = endpointsFor<FixtureDatabase, Permission>();
  const project = z.object({ id: z.uuid(), name: z.string() });
  const create = organizationEndpoint(
    {
      method: "post",
      path: "/projects",
      summary: "Make a project",
      permission: "projects:create",
      body: z.strictObject({ name: z.string("Enter a name.") }),
      status: 201,
      answer: project,
    },
    async (tenant, { body }) => {
      const made = await tenant.db
        .insertInto("projects")
        .values(body)
        .returning(["id", "name"])
        .executeTakeFirstOrThrow();
      return { body: made, location: `/projects/${made.id}` };
    },
  );
  const fail = publicEndpoint(
    { method: "get", path: "/fail", summary: "Fails", status: 204, query: z.strictObject({ how: z.string() }) },
    async ({ query }) => {
      if (query.how === "conflict") throw new RowhouseError("CONFLICT", "Taken.");
      if (query.how === "input") parseInput(z.object({ own: z.string("Give text.") }), {});
      throw new TypeError("the password is hunter2");
    },
  );

  it("is guarded, answered and documented as the library's are", async () => {
    const send = http.open({ endpoints: [create] });
    const made = await send(acme.owner, `POST ${base}/projects`, { body: { name: "Anvil" } });
    expect(made).toMatchObject({ status: 201, body: { name: "Anvil" } });
    expect(made.headers.get("location")).toBe(`${base}/projects/${String(made.body.id)}`);
    expect((await send(acme.viewer, `POST ${base}/projects`, { body: { name: "Anvil" } })).status).toBe(403);
    expect((await send(acme.owner, `POST ${base}/projects`, { body: { name: "Anvil" } })).status).toBe(409);
    const { text } = await send(null, "GET /api/openapi.json");
    expect(text).toContain('"/api/organizations/{orgSlug}/projects"');
  });

  it("that fails shows no words of the server, tells its team, and a refusal tells nobody", async () => {
    const send = http.open({ endpoints: [fail] });
    expect(await send(null, "GET /api/fail?how=conflict")).toMatchObject({ status: 409, body: { detail: "Taken." } });
    expect(fieldsOf(await send(null, "GET /api/fail?how=input"))).toEqual(["own"]);
    expect(http.faults).toEqual([]);
    const { status, text } = await send(null, "GET /api/fail?how=else");
    expect([status, text.includes("hunter2")]).toEqual([500, false]);
    expect(http.faults.splice(0)).toMatchObject([{ message: "the password is hunter2" }]);
  });

  it("that nobody documented is no API: every operation has a summary, an answer and its refusals", async () => {
    const api = createApi(http.tenancy, {
      publicUrl,
      endpoints: [create, fail],
      title: "Anvils",
      sessionCookie: "user",
    });
    const shape = z.object({
      openapi: z.literal("3.1.0"),
      info: z.object({ title: z.literal("Anvils") }),
      paths: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            summary: z.string().min(1),
            responses: z.record(z.string(), z.object({ description: z.string() })),
          }),
        ),
      ),
    });
    const { paths } = shape.parse(await (await api.request(`${publicUrl}/api/openapi.json`)).json());
    for (const [path, operations] of Object.entries(paths))
      for (const { responses } of Object.values(operations)) {
        const statuses = Object.keys(responses);
        expect([path, statuses.some((status) => status.startsWith("2"))]).toEqual([path, true]);
        expect([path, statuses.includes("429")]).toEqual([path, true]);
      }
  });
});
