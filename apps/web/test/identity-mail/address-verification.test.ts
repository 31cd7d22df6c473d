import { addDomain } from "rowhouse";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { problemShape } from "rowhouse/http";
import { z } from "zod";
import { readVerification } from "@/identity/verify-address";
import { hostileTexts } from "../fixture/hostile-values";
import { openWeb, type Web } from "../fixture/open-web";
import { json, signUpPerson, type Person } from "../fixture/person";
import { contentOfAllTables, forgetAttempts, mailedToken, mailedTokens } from "./mailed-links";

const template = "verify-address";
let web: Web;
let ada: Person;

beforeAll(async () => {
  web = await openWeb();
});
beforeEach(async () => {
  ada = await signUpPerson(web, "Acme");
});
afterAll(() => web[Symbol.asyncDispose]());

const meShape = z.object({ user: z.object({ emailVerified: z.boolean() }) });
const confirm = ({ cookie }: Person, token: string) =>
  web.request("/api/address-verifications", json({ token }, { cookie }));
const sendAgain = ({ cookie }: Person) =>
  web.request("/api/address-verification-requests", { ...json(""), headers: { cookie } });

async function isVerified({ cookie }: Person): Promise<boolean> {
  return meShape.parse(await (await web.request("/api/me", { headers: { cookie } })).json()).user.emailVerified;
}

describe("an address", () => {
  test("is not confirmed by signing up, which mails a link, and is by that link in that account", async () => {
    expect(await isVerified(ada)).toBe(false);
    const token = await mailedToken(web, ada.email, template);
    expect(await contentOfAllTables(web)).not.toContain(token);
    expect(await readVerification({ token, userId: ada.userId })).toBe("open");
    expect(await isVerified(ada)).toBe(false);
    expect((await confirm(ada, token)).status).toBe(204);
    expect(await isVerified(ada)).toBe(true);
  });

  test("is never confirmed for another account, nor for nobody, and the link works on", async () => {
    const token = await mailedToken(web, ada.email, template);
    const eve = await signUpPerson(web, "Globex");
    const before = await web.fingerprint();
    expect((await confirm(eve, token)).status).toBe(404);
    expect((await web.request("/api/address-verifications", json({ token }))).status).toBe(401);
    expect(await readVerification({ token, userId: eve.userId })).toBe("another account");
    expect(await web.fingerprint()).toEqual(before);
    expect([await isVerified(ada), await isVerified(eve)]).toEqual([false, false]);
    expect((await confirm(ada, token)).status).toBe(204);
  });

  test("is confirmed once by twenty at once", async () => {
    const token = await mailedToken(web, ada.email, template);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(ada, token)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(19);
    expect(await isVerified(ada)).toBe(true);
  });

  test("is not confirmed by a link that is a day old, was replaced, is for something else or was made up", async () => {
    const [first = ""] = await mailedTokens(web, ada.email, template);
    expect((await sendAgain(ada)).status).toBe(204);
    const [, second = ""] = await mailedTokens(web, ada.email, template);
    await web.request("/api/password-reset-requests", json({ email: ada.email }));
    const reset = await mailedToken(web, ada.email, "reset-password");
    await web.admin.query(
      "update auth.mail_links set expires_at = expires_at - interval '1 day' where email = $1 and purpose = $2",
      [ada.email, template],
    );
    const before = await web.fingerprint();
    for (const token of [first, second, reset, "A".repeat(43), ...hostileTexts.filter((text) => text.length <= 200)])
      expect([token, (await confirm(ada, token)).status]).toEqual([token, 404]);
    expect(await web.fingerprint()).toEqual(before);
    expect(await isVerified(ada)).toBe(false);
  });

  test("that the account has no more is not confirmed by its link", async () => {
    const token = await mailedToken(web, ada.email, template);
    await web.admin.query("update auth.users set email = 'new-' || email where id = $1", [ada.userId]);
    expect((await confirm(ada, token)).status).toBe(404);
    expect(await isVerified(ada)).toBe(false);
  });
});

describe("sending the link again", () => {
  test("is allowed three times in a while, to the account's own address alone", async () => {
    await forgetAttempts(web);
    const statuses = [];
    for (let attempt = 0; attempt < 4; attempt += 1) statuses.push((await sendAgain(ada)).status);
    expect(statuses).toEqual([204, 204, 204, 429]);
    expect(await mailedTokens(web, ada.email, template)).toHaveLength(4);
  });

  test("is refused for an address that is confirmed, and for nobody", async () => {
    expect((await confirm(ada, await mailedToken(web, ada.email, template))).status).toBe(204);
    const refused = await sendAgain(ada);
    expect(problemShape.parse(await refused.json()).code).toBe("CONFLICT");
    expect((await web.request("/api/address-verification-requests", json(""))).status).toBe(401);
    expect(await mailedTokens(web, ada.email, template)).toHaveLength(1);
  });
});

test("an address opens its domain's organization from the moment that it is confirmed, and not before", async () => {
  const owner = await signUpPerson(web, "Initech");
  const domain = `initech-${Date.now()}.example.org`;
  await provenDomain(owner, domain);
  await web.admin.query("update auth.users set email = 'peter@' || $2 where id = $1", [ada.userId, domain]);
  const peter = { ...ada, email: `peter@${domain}` };
  expect((await sendAgain(peter)).status).toBe(204);
  const joinable = async () => (await web.request("/api/joinable", { headers: { cookie: peter.cookie } })).text();
  const join = async () =>
    (await web.request(`/api/joinable/${owner.slug}/join`, { ...json(""), headers: { cookie: peter.cookie } })).status;
  expect(await joinable()).not.toContain(owner.slug);
  expect(await join()).toBe(404);
  expect((await confirm(peter, await mailedToken(web, peter.email, template))).status).toBe(204);
  expect(await joinable()).toContain(owner.slug);
  expect(await join()).toBe(200);
});

async function provenDomain(owner: Person, domain: string): Promise<void> {
  const { tenancy } = await import("@/tenancy/tenancy");
  await tenancy().enter({ organization: owner.slug, user: owner.userId }, (tenant) => addDomain(tenant, { domain }));
  await web.admin.query(
    "update rowhouse.domains set status = 'verified', method = 'dns', mode = 'auto', verified_at = now() where domain = $1",
    [domain],
  );
}
