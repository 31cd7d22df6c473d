import { createHash, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { problemShape } from "rowhouse/http";
import { isResetOpen } from "@/identity/reset-password";
import { hostileTexts } from "../fixture/hostile-values";
import { openWeb, type Web } from "../fixture/open-web";
import { cookieOf, json, password, signUpPerson, type Person } from "../fixture/person";
import { contentOfAllTables, forgetAttempts, mailedLinks, mailedToken, mailedTokens } from "./mailed-links";

const newPassword = "a horse of another colour";
const template = "reset-password";
let web: Web;
let ada: Person;
const written: string[] = [];

beforeAll(async () => {
  web = await openWeb();
});
beforeEach(async () => {
  ada = await signUpPerson(web, "Acme");
  for (const name of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, name).mockImplementation((...parts: unknown[]) => void written.push(parts.map(String).join(" ")));
});
afterEach(() => {
  vi.restoreAllMocks();
  written.length = 0;
});
afterAll(() => web[Symbol.asyncDispose]());

const ask = (email: string, headers?: Record<string, string>) =>
  web.request("/api/password-reset-requests", json({ email }, headers));
const choose = (token: string, chosen = newPassword) =>
  web.request("/api/password-resets", json({ token, password: chosen }));
const signIn = async (email: string, tried: string) =>
  (await web.request("/api/sign-in", json({ email, password: tried }))).status;
const isSignedIn = async (cookie: string) => (await web.request("/api/me", { headers: { cookie } })).status === 200;

async function tokenOf({ email }: Person): Promise<string> {
  expect((await ask(email)).status).toBe(204);
  return mailedToken(web, email, template);
}

describe("asking for a new password", () => {
  test("is answered the same for an account and for none, and mails the account alone", async () => {
    const nobody = `${randomUUID()}@example.com`;
    const before = await web.fingerprint();
    const none = await ask(nobody);
    expect(await web.fingerprint()).toEqual(before);
    const known = await ask(ada.email);
    expect([none.status, await none.text()]).toEqual([known.status, await known.text()]);
    const names = (response: Response) => [...response.headers.keys()].sort();
    expect(names(none)).toEqual(names(known));
    expect(await mailedTokens(web, nobody, template)).toEqual([]);
    expect(await mailedTokens(web, ada.email, template)).toHaveLength(1);
    const { rows } = await web.admin.query("select from auth.mail_links where email = $1", [nobody]);
    expect(rows).toEqual([]);
  });

  test("is answered after half a second in either case, which hides how long the work took", async () => {
    for (const email of [ada.email, `${randomUUID()}@example.com`]) {
      const start = performance.now();
      expect((await ask(email)).status).toBe(204);
      expect(performance.now() - start).toBeGreaterThan(490);
    }
  });

  test("mails a token of 256 bits, in the language of whoever asks, and keeps its hash alone", async () => {
    await ask(ada.email.toUpperCase(), { "accept-language": "de" });
    const [link] = await mailedLinks(web, ada.email, template);
    expect(link?.locale).toBe("de");
    const token = link?.token ?? "";
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const hash = createHash("sha256").update(token).digest();
    const { rows } = await web.admin.query("select purpose from auth.mail_links where token_hash = $1", [hash]);
    expect(rows).toEqual([{ purpose: template }]);
  });

  test("ends the links that were asked for before", async () => {
    await ask(ada.email);
    await ask(ada.email);
    const [older = "", newer = ""] = await mailedTokens(web, ada.email, template);
    expect(older).not.toBe(newer);
    expect((await choose(older)).status).toBe(404);
    expect((await choose(newer)).status).toBe(204);
  });

  test("of twenty at once, leaves one link that works", async () => {
    await forgetAttempts(web);
    await web.admin.query(
      "create function allow() returns trigger language plpgsql as $$ begin new.count := 0; return new; end $$",
    );
    await web.admin.query(
      "create trigger allow before insert or update on rowhouse.rate_limits for each row execute function allow()",
    );
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(ada.email)));
    await web.admin.query("drop function allow cascade");
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 204));
    const tokens = await mailedTokens(web, ada.email, template);
    expect(tokens).toHaveLength(20);
    const open = await Promise.all(tokens.map(isResetOpen));
    expect(open.filter(Boolean)).toHaveLength(1);
  });

  test("is allowed three times for a mailbox, whether it has an account or not, from wherever", async () => {
    for (const email of [ada.email, `${randomUUID()}@example.com`]) {
      const statuses = [];
      for (let attempt = 0; attempt < 4; attempt += 1) statuses.push((await ask(email)).status);
      expect(statuses).toEqual([204, 204, 204, 429]);
      const refused = await ask(email.toUpperCase());
      expect(problemShape.parse(await refused.json()).code).toBe("TOO_MANY_REQUESTS");
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    }
  });

  test("is allowed twenty times from an address, for however many mailboxes", async () => {
    const from = { "x-forwarded-for": "203.0.113.7" };
    const statuses = await Promise.all(
      Array.from({ length: 22 }, async () => (await ask(`${randomUUID()}@example.com`, from)).status),
    );
    expect(statuses.filter((status) => status === 204)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });
});

describe("choosing a new password", () => {
  test("takes the place of the old, ends every session, confirms the address and says so by mail", async () => {
    const other = cookieOf(await web.request("/api/sign-in", json({ email: ada.email, password })));
    expect([await isSignedIn(ada.cookie), await isSignedIn(other)]).toEqual([true, true]);
    const grace = await signUpPerson(web, "Globex");
    expect((await choose(await tokenOf(ada))).status).toBe(204);
    expect([await isSignedIn(ada.cookie), await isSignedIn(other)]).toEqual([false, false]);
    expect(await isSignedIn(grace.cookie)).toBe(true);
    expect([await signIn(ada.email, password), await signIn(ada.email, newPassword)]).toEqual([401, 200]);
    expect(await signIn(grace.email, password)).toBe(200);
    const { rows } = await web.admin.query(
      "select email_verified as verified from auth.users where email = any($1) order by email = $2 desc",
      [[ada.email, grace.email], ada.email],
    );
    expect(rows).toEqual([{ verified: true }, { verified: false }]);
    const mails = await web.admin.query(
      "select from auth.mail where recipient = $1 and template = 'password-changed'",
      [ada.email],
    );
    expect(mails.rowCount).toBe(1);
  });

  test("of twenty at once by one link, succeeds once, and that password is the one", async () => {
    const token = await tokenOf(ada);
    const passwords = Array.from({ length: 20 }, (_, index) => `password number ${index}`);
    const statuses = await Promise.all(passwords.map(async (chosen) => (await choose(token, chosen)).status));
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.filter((status) => status === 404)).toHaveLength(19);
    expect(await signIn(ada.email, passwords[statuses.indexOf(204)] ?? "")).toBe(200);
    expect((await choose(token)).status).toBe(404);
  });

  test("a link that is an hour old is dead, and one of 59 minutes is not", async () => {
    const token = await tokenOf(ada);
    const age = (interval: string) =>
      web.admin.query("update auth.mail_links set expires_at = expires_at - $2::interval where email = $1", [
        ada.email,
        interval,
      ]);
    await age("59 minutes");
    expect(await isResetOpen(token)).toBe(true);
    await age("1 minute");
    const before = await web.fingerprint();
    expect((await choose(token)).status).toBe(404);
    expect(await isResetOpen(token)).toBe(false);
    expect(await web.fingerprint()).toEqual(before);
  });

  test("a link to an address that the account has no more is dead", async () => {
    const token = await tokenOf(ada);
    await web.admin.query("update auth.users set email = $2 where email = $1", [
      ada.email,
      `${randomUUID()}@example.com`,
    ]);
    expect((await choose(token)).status).toBe(404);
  });

  test("a link for another purpose, a made-up, an empty and a hostile token are the same refusal and change nothing", async () => {
    const verification = await mailedToken(web, ada.email, "verify-address");
    const real = await tokenOf(ada);
    const before = await web.fingerprint();
    const made = [verification, "A".repeat(43), "", real.slice(1), `${real}=`, real.toLowerCase()];
    const refusals = await Promise.all(
      [...made, ...hostileTexts].filter((text) => text.length <= 200).map((token) => choose(token)),
    );
    expect(new Set(refusals.map(({ status }) => status))).toEqual(new Set([404]));
    expect(new Set(await Promise.all(refusals.map((response) => response.text())))).toHaveProperty("size", 1);
    expect(await web.fingerprint()).toEqual(before);
    expect((await choose(real)).status).toBe(204);
  });

  test("a password that is too short or too long is refused, and the link works on", async () => {
    const token = await tokenOf(ada);
    for (const wrong of ["short", "x".repeat(129), "nul\0 nul nul nul"]) {
      const response = await choose(token, wrong);
      expect(problemShape.parse(await response.json())).toMatchObject({ status: 400, errors: [{ field: "password" }] });
    }
    expect((await choose(token)).status).toBe(204);
  });

  test("of an account without a password fails as a whole, and the link stays", async () => {
    const token = await tokenOf(ada);
    await web.admin.query("delete from auth.accounts where user_id = $1", [ada.userId]);
    const before = await web.fingerprint();
    expect((await choose(token)).status).toBe(500);
    expect(await web.fingerprint()).toEqual(before);
    expect(await isSignedIn(ada.cookie)).toBe(true);
  });
});

test("the token is in no table in plain and in no log, from the request to the end", async () => {
  const token = await tokenOf(ada);
  const forms = [token, Buffer.from(token, "base64url").toString("hex"), Buffer.from(token).toString("base64url")];
  const isNowhere = async (): Promise<void> => {
    const everything = await contentOfAllTables(web);
    expect(everything).toContain(ada.email);
    for (const form of forms) expect(everything.includes(form), form).toBe(false);
  };
  await isNowhere();
  await choose(token, "short");
  await choose(token);
  await choose(token);
  await isNowhere();
  for (const form of forms) expect(written.join("\n")).not.toContain(form);
});
