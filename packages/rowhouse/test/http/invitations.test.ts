import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, itemsOf, madeId, openHttp, type Http } from "./http-fixture.ts";

let http: Http;
let acme: Staffed;
let base: string;
/** The tokens that went out by mail, by address. */
let mailed: Map<string, string>;

beforeAll(async () => {
  http = await openHttp();
});
afterAll(() => http[Symbol.asyncDispose]());
beforeEach(async () => {
  acme = await http.staffed();
  base = `/api/organizations/${acme.slug}`;
  mailed = new Map();
  http.hooks.onInvitation = async (_tenant, { invitation, token }) => void mailed.set(invitation.email ?? "", token);
});

const invite = (email: string, role = "member", who = acme.owner) =>
  http.send(who, `POST ${base}/invitations`, { body: { email, role } });
const invitations = async () => itemsOf(await http.send(acme.owner, `GET ${base}/invitations`));
const join = (who: string | null, way: string, token: unknown) =>
  http.send(who, `POST /api/join/${way}`, { body: { token } });

/** Somebody whose session has this address. */
function personWith(email: string): string {
  const userId = uuidv7();
  http.profiles.set(userId, { name: "Nora New", email, emailVerified: true });
  return userId;
}

describe("an invitation", () => {
  it("is made, and its token is in the mail and in no answer", async () => {
    const made = await invite("nora@people.test");
    expect(made).toMatchObject({
      status: 201,
      body: { kind: "email", email: "nora@people.test", role: "member", status: "created" },
    });
    const token = mailed.get("nora@people.test") ?? "";
    expect(token.length).toBeGreaterThan(40);
    const read = await http.send(acme.owner, `GET ${made.headers.get("location")}`);
    expect(read.body).toEqual(made.body);
    const list = await http.send(acme.owner, `GET ${base}/invitations?status=open`);
    expect(itemsOf(list)).toEqual([made.body]);
    for (const { text } of [made, read, list]) expect(text).not.toContain(token);
  });

  it("is not there where its mail cannot be queued: both or neither", async () => {
    http.hooks.onInvitation = () => Promise.reject(new TypeError("no outbox"));
    expect((await invite("nora@people.test")).status).toBe(500);
    const bulk = { addresses: "a@people.test\nb@people.test", role: "member" };
    expect((await http.send(acme.owner, `POST ${base}/invitations/bulk`, { body: bulk })).status).toBe(500);
    expect([await invitations(), await acme.actions()]).toEqual([[], []]);
    expect(http.faults.splice(0)).toHaveLength(2);
  });

  it("is refused beside its field, above one's role, and for a second time", async () => {
    expect(fieldsOf(await invite("no address"))).toEqual(["email"]);
    expect(fieldsOf(await invite("nora@people.test", "chief"))).toEqual(["role"]);
    expect((await invite("nora@people.test", "owner", acme.admin)).status).toBe(403);
    expect((await invite("nora@people.test")).status).toBe(201);
    expect((await invite("nora@people.test")).status).toBe(409);
    expect(mailed.size).toBe(1);
  });

  it("without a seat for it is 402", async () => {
    await http.people.fixture.limitMembers(acme.id, 4);
    expect(await invite("nora@people.test")).toMatchObject({ status: 402, body: { code: "MEMBER_LIMIT" } });
  });

  it("that is sent again has another token, and the first is dead", async () => {
    const made = await invite("nora@people.test");
    const first = mailed.get("nora@people.test");
    expect((await http.send(acme.owner, `POST ${base}/invitations/${madeId(made)}/resend`)).status).toBe(200);
    expect((await join(null, "preview", first)).status).toBe(404);
    expect((await join(null, "preview", mailed.get("nora@people.test"))).status).toBe(200);
  });

  it("that was revoked is 410 to whoever holds it, and to whoever sends it again", async () => {
    const id = madeId(await invite("nora@people.test"));
    const revoked = await http.send(acme.owner, `POST ${base}/invitations/${id}/revoke`);
    expect(revoked.body).toMatchObject({ status: "revoked" });
    expect((await join(null, "preview", mailed.get("nora@people.test"))).status).toBe(410);
    expect((await http.send(acme.owner, `POST ${base}/invitations/${id}/resend`)).status).toBe(410);
  });

  it("of another organization is an unknown one", async () => {
    const id = madeId(await invite("nora@people.test"));
    const globex = await http.staffed();
    for (const place of ["revoke", "resend"]) {
      const answer = await http.send(globex.owner, `POST /api/organizations/${globex.slug}/invitations/${id}/${place}`);
      expect([place, answer.status]).toEqual([place, 404]);
    }
    expect(await invitations()).toMatchObject([{ status: "created" }]);
  });

  it("cannot be made by an API that has no way to send it", async () => {
    const send = http.open({ onInvitation: undefined });
    const body = { email: "nora@people.test", role: "member" };
    expect((await send(acme.owner, `POST ${base}/invitations`, { body })).status).toBe(405);
    expect((await send(acme.owner, `POST ${base}/invitations/bulk`, { body })).status).toBe(405);
  });
});

describe("many invitations at once", () => {
  it("are reported line by line, and each that was made has its mail", async () => {
    await acme.put("viewer", { email: "there@people.test" });
    const body = { addresses: "nora@people.test\nthere@people.test\nno address\nnora@people.test", role: "viewer" };
    const answer = await http.send(acme.owner, `POST ${base}/invitations/bulk`, { body });
    expect(answer.status).toBe(200);
    expect(itemsOf(answer).map(({ outcome }) => outcome)).toEqual([
      "created",
      "already-a-member",
      "not-an-address",
      "already-invited",
    ]);
    expect([...mailed.keys()]).toEqual(["nora@people.test"]);
    expect(answer.text).not.toContain(mailed.get("nora@people.test"));
  });

  it("may have a larger body than others have, and no more than that", async () => {
    const line = (n: number) => ({ email: `${n}${"x".repeat(170)}@people.test` });
    const addresses = (count: number) => Array.from({ length: count }, (_, n) => line(n));
    const send = (body: object) => http.send(acme.owner, `POST ${base}/invitations/bulk`, { body });
    expect((await send({ addresses: addresses(400), role: "viewer" })).status).toBe(200);
    expect((await send({ addresses: addresses(2000), role: "viewer" })).status).toBe(413);
    expect((await send({ addresses: addresses(501), role: "viewer" })).status).toBe(400);
    expect(fieldsOf(await send({ addresses: [], role: "viewer" }))).toEqual(["addresses"]);
  });
});

describe("a link for several", () => {
  it("shows its token once, and lets in as many as it says", async () => {
    const body = { role: "viewer", useLimit: 1, expiresInDays: 7 };
    const made = await http.send(acme.owner, `POST ${base}/invitation-links`, { body });
    expect(made).toMatchObject({ status: 201, body: { invitation: { kind: "link", useLimit: 1, useCount: 0 } } });
    const { token } = made.body;
    expect((await http.send(acme.owner, `GET ${made.headers.get("location")}`)).text).not.toContain(token);
    expect((await join(uuidv7(), "accept", token)).body).toMatchObject({ slug: acme.slug, role: "viewer" });
    expect((await join(uuidv7(), "accept", token)).status).toBe(410);
  });

  it("with wrong fields is refused beside each", async () => {
    const body = { role: "chief", useLimit: 1.5, allowedDomain: 1, expiresInDays: "7" };
    const answer = await http.send(acme.owner, `POST ${base}/invitation-links`, { body });
    expect(fieldsOf(answer).sort()).toEqual(["allowedDomain", "expiresInDays", "role", "useLimit"]);
  });
});

describe("whoever holds an invitation", () => {
  it("sees what it invites to without an account, and joins once, however often it is said", async () => {
    await invite("nora@people.test");
    const token = mailed.get("nora@people.test");
    expect((await join(null, "preview", token)).body).toMatchObject({
      organization: { slug: acme.slug },
      kind: "email",
      email: "nora@people.test",
      role: "member",
    });
    const nora = personWith("nora@people.test");
    expect((await join(null, "accept", token)).status).toBe(401);
    for (let time = 0; time < 2; time += 1)
      expect(await join(nora, "accept", token)).toMatchObject({
        status: 200,
        body: { slug: acme.slug, role: "member" },
      });
    expect((await acme.members()).filter(({ userId }) => userId === nora)).toHaveLength(1);
  });

  it("is refused under another address, and hears nothing of accounts", async () => {
    await invite("nora@people.test");
    const other = personWith("other@people.test");
    expect(await join(other, "accept", mailed.get("nora@people.test"))).toMatchObject({
      status: 403,
      body: { code: "WRONG_ACCOUNT" },
    });
  });

  it("may decline without an account; then it is 410", async () => {
    await invite("nora@people.test");
    const token = mailed.get("nora@people.test");
    expect((await join(null, "decline", token)).status).toBe(204);
    expect((await join(personWith("nora@people.test"), "accept", token)).status).toBe(410);
  });

  it("is refused for a bad key beside it, rather than taken for nobody", async () => {
    await invite("nora@people.test");
    const body = { token: mailed.get("nora@people.test") };
    expect((await http.send({ bearer: "rhk_bad" }, "POST /api/join/decline", { body })).status).toBe(401);
    expect(await invitations()).toMatchObject([{ status: "created" }]);
  });

  it("of a token that is none gets one and the same 404", async () => {
    const texts = new Set<string>();
    for (const token of ["x", uuidv7(), "%00", "é".repeat(100)]) {
      const { status, text } = await join(null, "preview", token);
      texts.add(text);
      expect([token, status]).toEqual([token, 404]);
    }
    expect(texts.size).toBe(1);
    expect(fieldsOf(await join(null, "preview", 7))).toEqual(["token"]);
  });
});
