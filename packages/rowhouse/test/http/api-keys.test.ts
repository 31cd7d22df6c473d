import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, itemsOf, madeId, openHttp, type Http } from "./http-fixture.ts";

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

const make = (body: object = {}, who = acme.owner) =>
  http.send(who, `POST ${base}/api-keys`, { body: { name: "Deploy", scopes: ["organization:read"], ...body } });
const read = async (bearer: unknown, path = base) =>
  (await http.send({ bearer: String(bearer) }, `GET ${path}`)).status;

describe("an API key", () => {
  it("is shown once: its record, and lists of it, hold no secret", async () => {
    const made = await make();
    expect(made).toMatchObject({
      status: 201,
      body: { record: { name: "Deploy", scopes: ["organization:read"], status: "active" } },
    });
    const { key } = made.body;
    expect(key).toMatch(/^rhk_/);
    const record = await http.send(acme.owner, `GET ${made.headers.get("location")}`);
    expect(record.body).toEqual(made.body.record);
    const secret = String(key).split("_").at(-1) ?? "";
    const list = await http.send(acme.owner, `GET ${base}/api-keys?status=active`);
    expect(itemsOf(list)).toEqual([made.body.record]);
    expect([record.text.includes(secret), list.text.includes(secret)]).toEqual([false, false]);
    expect(await read(key)).toBe(200);
  });

  it("holds no permission that its maker lacks", async () => {
    expect((await make({ scopes: ["audit:read"] }, acme.member)).status).toBe(403);
    expect(itemsOf(await http.send(acme.owner, `GET ${base}/api-keys`))).toEqual([]);
  });

  it("with wrong fields is refused beside each", async () => {
    const answer = await make({ name: 1, scopes: "all", expiresAt: "tomorrow", serviceAccountId: "x" });
    expect([answer.status, fieldsOf(answer).sort()]).toEqual([
      400,
      ["expiresAt", "name", "scopes", "serviceAccountId"],
    ]);
    expect(fieldsOf(await make({ scopes: ["nothing:read"] }))).toEqual(["scopes"]);
    expect(fieldsOf(await make({ expiresAt: "2020-01-01T00:00:00Z" }))).toEqual(["expiresAt"]);
  });

  it("is made, rotated and revoked in person: a key makes no keys", async () => {
    const bearer = await http.key(acme, ["api-keys:create", "api-keys:read"]);
    const body = { name: "Child", scopes: ["api-keys:read"] };
    expect((await http.send({ bearer }, `POST ${base}/api-keys`, { body })).status).toBe(403);
    const id = madeId(await make());
    expect((await http.send({ bearer }, `POST ${base}/api-keys/${id}/rotate`, { body: {} })).status).toBe(403);
  });

  it("that was rotated is dead at once, and the new one is good", async () => {
    const made = await make();
    const line = `POST ${base}/api-keys/${madeId(made)}/rotate`;
    const rotated = await http.send(acme.owner, line, { body: { reason: "leaked" } });
    expect([rotated.status, await read(made.body.key), await read(rotated.body.key)]).toEqual([200, 401, 200]);
  });

  it("that was revoked is 401 from its next request on, and is no other's", async () => {
    const made = await make();
    const globex = await http.staffed();
    const foreign = `POST /api/organizations/${globex.slug}/api-keys/${madeId(made)}/revoke`;
    expect((await http.send(globex.owner, foreign, { body: {} })).status).toBe(404);
    expect(await read(made.body.key)).toBe(200);
    const revoked = await http.send(acme.owner, `POST ${base}/api-keys/${madeId(made)}/revoke`, { body: {} });
    expect(revoked.body).toMatchObject({ status: "revoked" });
    expect(await read(made.body.key)).toBe(401);
  });

  it("that has expired is 401", async () => {
    const made = await make({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
    expect(await read(made.body.key)).toBe(200);
    await http.sql(
      "update rowhouse.api_keys set created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where id = $1",
      [madeId(made)],
    );
    expect(await read(made.body.key)).toBe(401);
  });
});
