import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApi } from "../../src/http/index.ts";
import type { Staffed } from "../members/people.ts";
import { openHttp, publicUrl, type Http } from "./http-fixture.ts";

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

const issue = async (who = acme.member) => String((await http.send(who, `POST ${base}/tokens`)).body.token);
const read = async (bearer: string, target = base) => (await http.send({ bearer }, `GET ${target}`)).status;

describe("a signed token", () => {
  it("is for a member of a session, acts as that member, and is checked by the public keys", async () => {
    const made = await http.send(acme.member, `POST ${base}/tokens`);
    expect([made.status, typeof made.body.expiresAt]).toEqual([201, "string"]);
    const { body } = await http.send({ bearer: String(made.body.token) }, `GET ${base}/permissions`);
    expect(body.own).toContain("members:read");
    const keys = await http.send(null, "GET /api/jwks");
    const { kid } = decodeProtectedHeader(String(made.body.token));
    expect(keys.body).toMatchObject({ keys: [{ kid, kty: "OKP", crv: "Ed25519", alg: "EdDSA" }] });
    expect(keys.text).not.toContain('"d"');
  });

  it("is not for a key, nor for the bearer of a token: none is prolonged", async () => {
    const bearer = await http.key(acme, ["organization:read"]);
    for (const one of [bearer, await issue()])
      expect((await http.send({ bearer: one }, `POST ${base}/tokens`)).status).toBe(403);
  });

  it("opens its own organization alone, though its user be a member of another", async () => {
    const globex = await http.staffed();
    await http.sql("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'owner')", [
      globex.id,
      acme.member,
    ]);
    const token = await issue();
    expect(await read(token, `/api/organizations/${globex.slug}`)).toBe(404);
    expect(await read(token, "/api/organization")).toBe(200);
  });

  it("of a member who was removed or demoted is worth no more than the member", async () => {
    const token = await issue();
    const other = await issue(acme.admin);
    await http.send(acme.owner, `DELETE ${base}/members/${acme.member}`);
    await http.send(acme.owner, `PATCH ${base}/members/${acme.admin}`, { body: { role: "viewer" } });
    expect([await read(token), await read(other)]).toEqual([404, 403]);
  });
});

describe("a token that is not ours", () => {
  const other = async (claims: Record<string, unknown>) => {
    const { privateKey } = await generateKeyPair("EdDSA");
    const header = { alg: "EdDSA", typ: "rowhouse+jwt", kid: "one" };
    return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

  it("by signature, by alg none, or by a changed claim is 401", async () => {
    const token = await issue();
    const claims = decodeJwt(token);
    const [header = "", , signature = ""] = token.split(".");
    const unsigned = `${encode({ ...decodeProtectedHeader(token), alg: "none" })}.${encode(claims)}.`;
    const moved = `${header}.${encode({ ...claims, sub: acme.owner })}.${signature}`;
    expect(await read(token)).toBe(200);
    for (const bad of [await other({ ...claims }), unsigned, moved]) expect(await read(bad)).toBe(401);
  });

  it("by audience, by issuer or by time is 401 beside the same tokens of its own kind", async () => {
    const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
    const { d = "", x = "" } = await exportJWK(privateKey);
    const tokens = { issuer: "https://a.example", audience: "https://b.example", ttlSeconds: 60 };
    const key = { kty: "OKP", crv: "Ed25519", kid: "own", x, d } as const;
    const tenancy = http.people.fixture.open({ locate: ["api-key"], tokens: { ...tokens, keys: [key] } });
    const now = Math.floor(Date.now() / 1000);
    const sign = (changes: Record<string, unknown>) =>
      new SignJWT({
        ...{ iss: tokens.issuer, aud: tokens.audience, sub: acme.owner, org: acme.id },
        ...{ jti: "1", iat: now, exp: now + 30, ...changes },
      })
        .setProtectedHeader({ alg: "EdDSA", typ: "rowhouse+jwt", kid: "own" })
        .sign(privateKey);
    const api = createApi(tenancy, { publicUrl, rateLimits: false });
    const ask = async (changes: Record<string, unknown>) => {
      const headers = { authorization: `Bearer ${await sign(changes)}` };
      return (await api.request(`${publicUrl}/api/organization`, { headers })).status;
    };
    expect(await ask({})).toBe(200);
    for (const changes of [
      { aud: "https://c.example" },
      { iss: "https://c.example" },
      { iat: now - 120, exp: now - 60 },
    ])
      expect([changes, await ask(changes)]).toEqual([changes, 401]);
  });
});

it("an API of a tenancy without token keys has neither tokens nor keys to check them", async () => {
  const api = createApi(http.people.fixture.open(), { publicUrl });
  expect((await api.request(`${publicUrl}/api/jwks`)).status).toBe(404);
});
