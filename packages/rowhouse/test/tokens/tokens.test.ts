import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeRole, removeMember, suspendMember, type TokenKey } from "../../src/index.ts";
import { signToken } from "../../src/tokens/token-claims.ts";
import type { Staffed } from "../members/people.ts";
import { bearing, openKeys, type KeyFixture } from "../api-keys/key-fixture.ts";
import { refused } from "../fixture/refused.ts";
import { newTokenKey } from "./token-key.ts";

let keys: KeyFixture;
let acme: Staffed;
let first: TokenKey;
let second: TokenKey;
const issuer = "https://app.example.com";
const audience = "https://api.example.com";

beforeAll(async () => {
  first = await newTokenKey("first");
  second = await newTokenKey("second");
  keys = await openKeys({ tokens: { issuer, audience, keys: [first, second], ttlSeconds: 60 } });
});

afterAll(() => keys[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await keys.staffed();
});

const issue = (user = acme.admin) => keys.tenancy.tokens.issue({ user, organization: acme.slug });
const role = (token: string) => keys.enter(token, async (tenant) => tenant.role);
const seconds = (ahead = 0) => Math.floor(Date.now() / 1000) + ahead;

describe("a token", () => {
  it("opens its organization for its user, in person", async () => {
    const { token, expiresAt } = await issue();
    expect(await keys.enter(token, async ({ actor, organization }) => ({ actor, id: organization.id }))).toEqual({
      actor: { kind: "user", userId: acme.admin },
      id: acme.id,
    });
    expect(expiresAt.getTime() / 1000).toBe(decodeJwt(token).exp);
    expect(Math.abs(seconds(60) - expiresAt.getTime() / 1000)).toBeLessThan(10);
  });

  it("says who and where, and nothing of what they may do", async () => {
    const { token } = await issue();
    const { iat, exp, jti, ...claims } = decodeJwt(token);
    expect(claims).toEqual({ iss: issuer, aud: audience, sub: acme.admin, org: acme.id });
    expect([typeof iat, typeof exp, typeof jti]).toEqual(["number", "number", "string"]);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "EdDSA", typ: "rowhouse+jwt", kid: "first" });
  });

  it("is checked by anybody with the key set, which holds no part that signs", async () => {
    const { token } = await issue();
    const jwks = keys.tenancy.tokens.jwks();
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...jwks.keys] }), { issuer, audience });
    expect(payload.sub).toBe(acme.admin);
    expect(jwks.keys.map(({ kid }) => kid)).toEqual(["first", "second"]);
    for (const key of jwks.keys) expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
  });

  it("is issued to members alone", async () => {
    const other = await keys.staffed();
    await refused(issue(other.owner), "NOT_FOUND");
    await refused(issue("nobody"), "NOT_FOUND");
    await keys.sql("update rowhouse.memberships set status = 'suspended' where user_id = $1", [acme.admin]);
    await refused(issue(), "NOT_FOUND");
  });

  it("is neither issued nor accepted without keys in the settings", async () => {
    const { token } = await issue();
    const without = keys.people.fixture.open({ locate: ["api-key"] });
    await refused(without.tokens.issue({ user: acme.admin, organization: acme.slug }), "INVALID_SETTINGS");
    expect(() => without.tokens.jwks()).toThrow(expect.objectContaining({ code: "INVALID_SETTINGS" }));
    await refused(
      without.enterRequest(bearing(token), async () => true),
      "UNAUTHENTICATED",
    );
  });
});

describe("a token on the very next request", () => {
  it("of a removed or suspended member opens nothing", async () => {
    const { token } = await issue();
    const { token: other } = await issue(acme.viewer);
    expect(await role(token)).toBe("admin");
    await keys.as(acme, acme.owner, (tenant) => removeMember(tenant, { userId: acme.admin }));
    await keys.as(acme, acme.owner, (tenant) => suspendMember(tenant, { userId: acme.viewer }));
    await refused(role(token), "NOT_FOUND");
    await refused(role(other), "NOT_FOUND");
  });

  it("of a demoted member has the new role", async () => {
    const { token } = await issue();
    await keys.as(acme, acme.owner, (tenant) => changeRole(tenant, { userId: acme.admin, role: "viewer" }));
    expect(await role(token)).toBe("viewer");
    await refused(
      keys.enter(token, async (tenant) => tenant.assertCan("projects:create")),
      "FORBIDDEN",
    );
  });

  it("of a suspended organization is refused as a session is", async () => {
    const { token } = await issue();
    await keys.sql("update rowhouse.organizations set status = 'suspended' where id = $1", [acme.id]);
    await refused(role(token), "ORGANIZATION_SUSPENDED");
  });
});

describe("rotation", () => {
  it("accepts what a former key signed until the key is dropped", async () => {
    const { token } = await issue();
    const settings = { issuer, audience, ttlSeconds: 60 };
    const open = (given: readonly TokenKey[]) =>
      keys.people.fixture
        .open({ locate: ["api-key"], tokens: { ...settings, keys: given } })
        .enterRequest(bearing(token), async (tenant) => tenant.role);
    const { d: _, ...publicFirst } = first;
    expect(await open([second, publicFirst])).toBe("admin");
    await refused(open([second]), "UNAUTHENTICATED");
  });
});

describe("a token that is not ours is UNAUTHENTICATED", () => {
  type Parts = { header: Record<string, unknown>; claims: Record<string, unknown> };
  const parts = (): Parts => ({
    header: { alg: "EdDSA", typ: "rowhouse+jwt", kid: "first" },
    claims: {
      iss: issuer,
      aud: audience,
      sub: acme.admin,
      org: acme.id,
      jti: uuidv7(),
      iat: seconds(),
      exp: seconds(30),
    },
  });
  /** As we would sign it, with changes; `undefined` leaves a part out. */
  const forge = async (changes: { header?: Parts["header"]; claims?: Parts["claims"] }, key: TokenKey = first) => {
    const { header, claims } = parts();
    return new SignJWT({ ...claims, ...changes.claims })
      .setProtectedHeader({ ...header, ...changes.header } as { alg: "EdDSA" })
      .sign({ ...key });
  };

  it("(one that is changed in nothing is ours)", async () => {
    expect(await role(await forge({}))).toBe("admin");
  });

  it.each<[string, () => Parameters<typeof forge>[0]]>([
    ["another issuer", () => ({ claims: { iss: "https://evil.example.com" } })],
    ["no issuer", () => ({ claims: { iss: undefined } })],
    ["another audience", () => ({ claims: { aud: "https://other.example.com" } })],
    ["no audience", () => ({ claims: { aud: undefined } })],
    ["an end that has passed", () => ({ claims: { iat: seconds(-50), exp: seconds(-20) } })],
    ["no end", () => ({ claims: { exp: undefined } })],
    ["a life longer than allowed", () => ({ claims: { iat: seconds(-3600), exp: seconds(3600) } })],
    ["no beginning", () => ({ claims: { iat: undefined } })],
    ["a beginning to come", () => ({ claims: { iat: seconds(600), exp: seconds(630) } })],
    ["a time before which it does not hold", () => ({ claims: { nbf: seconds(600) } })],
    ["no id", () => ({ claims: { jti: undefined } })],
    ["a user that is no id", () => ({ claims: { sub: "' or true --" } })],
    ["no user", () => ({ claims: { sub: undefined } })],
    ["an organization that is no id", () => ({ claims: { org: "acme" } })],
    ["no organization", () => ({ claims: { org: undefined } })],
    ["an organization that is a list", () => ({ claims: { org: [acme.id] } })],
    ["another type", () => ({ header: { typ: "JWT" } })],
    ["no type", () => ({ header: { typ: undefined } })],
    ["an unknown key", () => ({ header: { kid: "third" } })],
    ["another of our keys", () => ({ header: { kid: "second" } })],
    ["no key", () => ({ header: { kid: undefined } })],
  ])("with %s", async (_, changes) => {
    await refused(role(await forge(changes())), "UNAUTHENTICATED");
  });

  it("with a signature by somebody else under a key's name of ours", async () => {
    await refused(role(await forge({}, await newTokenKey("first"))), "UNAUTHENTICATED");
  });

  it("with another algorithm: none, a MAC over our public key, RSA, ECDSA", async () => {
    const { header, claims } = parts();
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const alg of ["none", "None", "NONE", ""])
      for (const signature of ["", "AAAA"])
        await refused(role(`${encode({ ...header, alg })}.${encode(claims)}.${signature}`), "UNAUTHENTICATED");
    for (const secret of [
      Buffer.from(first.x, "base64url"),
      Buffer.from(first.x),
      Buffer.from(JSON.stringify(first)),
    ]) {
      const mac = await new SignJWT(claims)
        .setProtectedHeader({ ...header, alg: "HS256" })
        .sign(Buffer.concat([secret, Buffer.alloc(Math.max(0, 32 - secret.length))]));
      await refused(role(mac), "UNAUTHENTICATED");
    }
    for (const alg of ["RS256", "ES256"] as const) {
      const { privateKey, publicKey } = await generateKeyPair(alg);
      const jwk = { ...header, alg, jwk: await import("jose").then(({ exportJWK }) => exportJWK(publicKey)) };
      await refused(role(await new SignJWT(claims).setProtectedHeader(jwk).sign(privateKey)), "UNAUTHENTICATED");
    }
  });

  it("with a key of its own in the header, by value or by address", async () => {
    const mine = await newTokenKey("first");
    const { d: _, ...jwk } = mine;
    await refused(role(await forge({ header: { jwk } }, mine)), "UNAUTHENTICATED");
    await refused(
      role(await forge({ header: { jku: "https://evil.example.com/jwks.json" } }, mine)),
      "UNAUTHENTICATED",
    );
  });

  it("when any one character of it is changed or it is cut", async () => {
    const { token } = await issue();
    for (let at = 0; at < token.length; at += 7) {
      const changed = token.slice(0, at) + (token[at] === "A" ? "Q" : "A") + token.slice(at + 1);
      await refused(role(changed), "UNAUTHENTICATED");
      await refused(role(token.slice(0, at) || "x"), "UNAUTHENTICATED");
    }
  });

  it("when another application signed it for itself with the same library", async () => {
    const settings = { issuer, audience: "https://other.example.com", keys: [first], ttlSeconds: 60 } as const;
    const { token } = await signToken({ ...settings, keys: [first] }, { userId: acme.admin, organizationId: acme.id });
    await refused(role(token), "UNAUTHENTICATED");
  });
});

describe("the settings of tokens", () => {
  it.each<[string, (good: TokenKey, other: TokenKey) => object]>([
    ["no key", () => ({ keys: [] })],
    ["a first key that cannot sign", ({ d: _, ...half }) => ({ keys: [half] })],
    ["two keys of one name", (good, other) => ({ keys: [good, { ...other, kid: good.kid }] })],
    ["a key of another kind", (good) => ({ keys: [{ ...good, kty: "EC", crv: "P-256" }] })],
    ["a key that is cut", (good) => ({ keys: [{ ...good, x: good.x.slice(1) }] })],
    ["a life of more than 15 minutes", (good) => ({ keys: [good], ttlSeconds: 901 })],
    ["no issuer", (good) => ({ keys: [good], issuer: "" })],
    ["a name that is none", (good) => ({ keys: [good], algorithm: "none" })],
  ])("with %s are INVALID_SETTINGS, in words without a secret", (_, change) => {
    const tokens: object = { issuer, audience, ...change(first, second) };
    const define = () => keys.people.fixture.open({ tokens: tokens as never });
    expect(define).toThrow(expect.objectContaining({ code: "INVALID_SETTINGS" }));
    expect(define).not.toThrow(first.d ?? "");
  });
});
