import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { openHttp, type Http, type Send } from "./http-fixture.ts";

let http: Http;
let acme: Staffed;
let base: string;
let address = 0;

beforeAll(async () => {
  http = await openHttp();
});
afterAll(() => http[Symbol.asyncDispose]());
beforeEach(async () => {
  acme = await http.staffed();
  base = `/api/organizations/${acme.slug}`;
});

/** An API that takes so many from an address and a caller, for requests of one address of their own. */
function limited(limits: { readonly address: number; readonly caller: number }): Send {
  const ip = `192.0.2.${(address += 1)}`;
  const policy = (limit: number) => ({ limit, windowSeconds: 60 });
  return http.open({
    origin: () => ({ ip, requestId: "one" }),
    rateLimits: { address: policy(limits.address), caller: policy(limits.caller) },
  });
}

describe("every answer", () => {
  it("says how many requests there may be, and how many are left", async () => {
    const { headers } = await limited({ address: 100, caller: 10 })(acme.owner, `GET ${base}`);
    expect(headers.get("ratelimit-policy")).toBe('"address";q=100;w=60, "caller";q=10;w=60');
    expect(headers.get("ratelimit")).toMatch(/^"address";r=99;t=\d+, "caller";r=9;t=\d+$/);
    expect(headers.get("retry-after")).toBe(null);
  });

  it("says so of a refusal as well", async () => {
    const { status, headers } = await limited({ address: 100, caller: 10 })(acme.viewer, `GET ${base}/members`);
    expect([status, headers.get("ratelimit")?.startsWith('"address";r=99')]).toEqual([403, true]);
  });
});

describe("one request too many", () => {
  it("of a caller is 429 and says when to try again; nothing of it is done", async () => {
    const send = limited({ address: 100, caller: 2 });
    for (let time = 0; time < 2; time += 1) expect((await send(acme.owner, `GET ${base}`)).status).toBe(200);
    const refused = await send(acme.owner, `PATCH ${base}`, { body: { name: "Never" } });
    expect(refused).toMatchObject({ status: 429, body: { code: "TOO_MANY_REQUESTS" } });
    const wait = Number(refused.headers.get("retry-after"));
    expect([wait >= 1, wait <= 60]).toEqual([true, true]);
    expect(refused.headers.get("ratelimit")).toContain('"caller";r=0');
    expect((await http.send(acme.owner, `GET ${base}`)).body.name).not.toBe("Never");
  });

  it("of one is not of another: each user and each key has a count of their own", async () => {
    const send = limited({ address: 100, caller: 1 });
    const keys = [await http.key(acme, ["organization:read"]), await http.key(acme, ["organization:read"])];
    const callers = [acme.owner, acme.admin, ...keys.map((bearer) => ({ bearer }))];
    for (const who of callers) expect((await send(who, `GET ${base}`)).status).toBe(200);
    for (const who of callers) expect((await send(who, `GET ${base}`)).status).toBe(429);
  });

  it("of a user counts in all organizations, and by session and token together", async () => {
    const globex = await http.staffed();
    await http.sql("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'owner')", [
      globex.id,
      acme.owner,
    ]);
    const send = limited({ address: 100, caller: 3 });
    const { token } = await http.tenancy.tokens.issue({ user: acme.owner, organization: acme.id });
    expect((await send(acme.owner, `GET ${base}`)).status).toBe(200);
    expect((await send({ bearer: token }, `GET ${base}`)).status).toBe(200);
    expect((await send(acme.owner, "GET /api/organizations")).status).toBe(200);
    expect((await send(acme.owner, `GET /api/organizations/${globex.slug}`)).status).toBe(429);
  });

  it("from an address is 429 to everybody there, and before anybody is asked who they are", async () => {
    const send = limited({ address: 3, caller: 100 });
    expect((await send(null, `GET ${base}`)).status).toBe(401);
    expect((await send({ bearer: "rhk_bad" }, `GET ${base}`)).status).toBe(401);
    expect((await send(null, "POST /api/join/preview", { body: { token: "x" } })).status).toBe(404);
    for (const who of [null, acme.owner, { bearer: "rhk_bad" }]) {
      const { status, headers } = await send(who, `GET ${base}`);
      expect([status, headers.has("retry-after")]).toEqual([429, true]);
    }
    expect((await limited({ address: 3, caller: 100 })(acme.owner, `GET ${base}`)).status).toBe(200);
  });

  it("of twenty at once is refused exactly as often as there is no room", async () => {
    const send = limited({ address: 100, caller: 7 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(acme.owner, `GET ${base}`)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(13);
  });
});

it("an API without limits says nothing of them", async () => {
  expect((await http.send(acme.owner, `GET ${base}`)).headers.get("ratelimit")).toBe(null);
});
