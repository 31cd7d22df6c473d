import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, itemsOf, madeId, openHttp, type Answer, type Http } from "./http-fixture.ts";

let http: Http;
let acme: Staffed;
let base: string;
let domain: string;

beforeAll(async () => {
  http = await openHttp();
});
afterAll(() => http[Symbol.asyncDispose]());
beforeEach(async () => {
  acme = await http.staffed();
  base = `/api/organizations/${acme.slug}`;
  domain = `${uuidv7()}.example`;
});

const recordOf = ({ body }: Answer) => z.object({ name: z.string(), value: z.string() }).parse(body.record);
const add = () => http.send(acme.owner, `POST ${base}/domains`, { body: { domain } });

/** Proven, and in a mode. Gives back its place. */
async function prove(mode: string): Promise<string> {
  const made = await add();
  const { name, value } = recordOf(made);
  http.zone.set(name, [value]);
  const place = made.headers.get("location") ?? "";
  await http.send(acme.owner, `POST ${place}/verify`);
  const changed = await http.send(acme.owner, `PATCH ${place}`, { body: { mode, joinRole: "viewer" } });
  expect(changed.body).toMatchObject({ status: "verified", mode, joinRole: "viewer" });
  return place;
}

function personAt(emailVerified = true): string {
  const userId = uuidv7();
  http.profiles.set(userId, { name: "Petra", email: `${userId}@${domain}`, emailVerified });
  return userId;
}

describe("a domain", () => {
  it("is added, and is proven by its record in DNS alone", async () => {
    const made = await add();
    expect(made).toMatchObject({ status: 201, body: { domain, status: "pending", mode: "off", method: null } });
    const place = made.headers.get("location") ?? "";
    const verify = async () => (await http.send(acme.owner, `POST ${place}/verify`)).body.outcome;
    expect(await verify()).toBe("missing");
    const { name, value } = recordOf(made);
    http.zone.set(name, ["something else"]);
    expect(await verify()).toBe("missing");
    http.zone.set(name, ["something else", value]);
    expect(await verify()).toBe("verified");
    expect((await http.send(acme.owner, `GET ${place}`)).body).toMatchObject({ status: "verified", method: "dns" });
    expect(itemsOf(await http.send(acme.owner, `GET ${base}/domains`))).toMatchObject([{ domain }]);
  });

  it("with wrong fields is refused beside each; an unproven one lets nobody in", async () => {
    const bad = await http.send(acme.owner, `POST ${base}/domains`, { body: { domain: "no domain" } });
    expect([bad.status, fieldsOf(bad)]).toEqual([400, ["domain"]]);
    const place = (await add()).headers.get("location") ?? "";
    expect(
      fieldsOf(await http.send(acme.owner, `PATCH ${place}`, { body: { mode: "all", joinRole: "owner" } })).sort(),
    ).toEqual(["joinRole", "mode"]);
    expect((await http.send(acme.owner, `PATCH ${place}`, { body: { mode: "auto" } })).status).toBe(409);
  });

  it("twice is 409, and one that was given up is gone", async () => {
    const made = await add();
    expect((await add()).status).toBe(409);
    const place = made.headers.get("location") ?? "";
    expect((await http.send(acme.owner, `DELETE ${place}`)).status).toBe(204);
    expect((await http.send(acme.owner, `GET ${place}`)).status).toBe(404);
  });

  it("is proven by a mail, whose token is in no answer", async () => {
    const tokens: string[] = [];
    http.hooks.onDomainMail = async (_tenant, mail) => void tokens.push(mail.token);
    const place = (await add()).headers.get("location") ?? "";
    expect(fieldsOf(await http.send(acme.owner, `POST ${place}/mail`, { body: { mailbox: "somebody" } }))).toEqual([
      "mailbox",
    ]);
    const asked = await http.send(acme.owner, `POST ${place}/mail`, { body: { mailbox: "postmaster" } });
    expect(asked.body).toMatchObject({ address: `postmaster@${domain}` });
    const [token = ""] = tokens;
    expect(asked.text).not.toContain(token);
    const confirm = (given: string) =>
      http.send(acme.owner, `POST ${base}/domain-confirmations`, { body: { token: given } });
    expect((await confirm("x")).status).toBe(404);
    expect((await confirm(token)).body).toMatchObject({ domain, status: "verified", method: "email" });
  });

  it("waits for no mail that could not be queued: both or neither", async () => {
    http.hooks.onDomainMail = () => Promise.reject(new TypeError("no outbox"));
    const place = (await add()).headers.get("location") ?? "";
    expect((await http.send(acme.owner, `POST ${place}/mail`, { body: { mailbox: "postmaster" } })).status).toBe(500);
    expect((await http.send(acme.owner, `GET ${place}`)).body).toMatchObject({ mail: null });
    expect(http.faults.splice(0)).toHaveLength(1);
  });

  it("of another organization is an unknown one", async () => {
    const id = madeId(await add());
    const globex = await http.staffed();
    for (const [method, place] of [
      ["GET", ""],
      ["DELETE", ""],
      ["POST", "/verify"],
    ] as const) {
      const answer = await http.send(globex.owner, `${method} /api/organizations/${globex.slug}/domains/${id}${place}`);
      expect([method, answer.status]).toEqual([method, 404]);
    }
  });
});

describe("somebody with a verified address at a domain", () => {
  it("joins where the organization takes them, in the role that it gives", async () => {
    await prove("auto");
    const petra = personAt();
    expect(itemsOf(await http.send(petra, "GET /api/joinable"))).toMatchObject([
      { organization: { slug: acme.slug }, domain, way: "join", role: "viewer" },
    ]);
    expect(await http.send(petra, `POST /api/joinable/${acme.slug}/join`)).toMatchObject({
      status: 200,
      body: { role: "viewer" },
    });
    expect((await acme.members()).some(({ userId }) => userId === petra)).toBe(true);
  });

  it("sees and joins nothing while the address is not verified", async () => {
    await prove("auto");
    const petra = personAt(false);
    expect(itemsOf(await http.send(petra, "GET /api/joinable"))).toEqual([]);
    expect((await http.send(petra, `POST /api/joinable/${acme.slug}/join`)).status).toBe(404);
  });

  it("asks where the organization wants to be asked, and is let in with the role that is given", async () => {
    await prove("ask");
    const petra = personAt();
    expect((await http.send(petra, `POST /api/joinable/${acme.slug}/join`)).status).toBe(403);
    expect((await http.send(petra, `POST /api/joinable/${acme.slug}/request`)).body).toMatchObject({ request: "open" });
    expect(itemsOf(await http.send(acme.owner, `GET ${base}/join-requests`))).toMatchObject([
      { userId: petra, status: "open" },
    ]);
    const line = `POST ${base}/join-requests/${petra}/approve`;
    expect((await http.send(acme.member, line, { body: {} })).status).toBe(403);
    expect(fieldsOf(await http.send(acme.owner, line, { body: { role: "chief" } }))).toEqual(["role"]);
    expect((await http.send(acme.owner, line, { body: { role: "member" } })).body).toMatchObject({
      status: "approved",
    });
    expect((await http.send(petra, `GET ${base}`)).body).toMatchObject({ role: "member" });
  });

  it("is declined for a while, and a request that is decided is 410", async () => {
    await prove("ask");
    const petra = personAt();
    await http.send(petra, `POST /api/joinable/${acme.slug}/request`);
    const line = `POST ${base}/join-requests/${petra}`;
    expect((await http.send(acme.owner, `${line}/decline`)).body).toMatchObject({ status: "declined" });
    expect((await http.send(acme.owner, `${line}/approve`, { body: {} })).status).toBe(410);
    expect((await http.send(petra, `POST /api/joinable/${acme.slug}/request`)).status).toBe(409);
    expect((await http.send(petra, `GET ${base}`)).status).toBe(404);
  });
});
