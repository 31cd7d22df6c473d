import { randomUUID } from "node:crypto";
import { createInvitation, createLinkInvitation, markInvitationSent, revokeInvitation, type Role } from "rowhouse";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findInvitation } from "@/invitations/find-invitation";
import { signUpByInvitation } from "@/invitations/sign-up-by-invitation";
import { tenancy, type Tenant } from "@/tenancy/tenancy";
import { openWeb, type Web } from "../fixture/open-web";
import { password, signUpPerson, type Person } from "../fixture/person";

let web: Web;
let ada: Person;
let grace: Person;

beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web[Symbol.asyncDispose]());
beforeEach(async () => {
  ada = await signUpPerson(web, "Acme");
  grace = await signUpPerson(web, "Globex");
});

describe("signing up by an invitation", () => {
  it("uses the invited address, whatever the form says", async () => {
    const email = `${randomUUID()}@example.com`;
    const token = await invite(email);
    const made = await signUpByInvitation({
      token,
      form: { name: "Alan", email: grace.email, password },
      origin: {},
      language: "en",
    });
    expect(made.email).toBe(email);
    expect(await membersOf(ada)).toContainEqual({ email, role: "member", verified: true });
  });

  it("makes neither user nor membership when any part is refused", async () => {
    const before = await web.fingerprint();
    const token = await invite(`${randomUUID()}@example.com`);
    const invited = await web.fingerprint();
    for (const form of [{ name: "", password }, { name: "Alan", password: "short" }, { name: "Alan" }])
      await expect(signUpByInvitation({ token, form, origin: {}, language: "en" })).rejects.toMatchObject({
        code: "INVALID_INPUT",
      });
    expect(await web.fingerprint()).toEqual(invited);
    expect(invited).not.toEqual(before);
  });

  it("with an address that has an account is refused beside the field, and the invitation stays open", async () => {
    const token = await invite(grace.email);
    const failing = signUpByInvitation({ token, form: { name: "Grace", password }, origin: {}, language: "en" });
    await expect(failing).rejects.toMatchObject({ code: "CONFLICT", fields: [{ field: "email" }] });
    expect((await findInvitation(token, undefined)).kind).toBe("open");
  });

  it("twice at once makes one member", async () => {
    const token = await invite(`${randomUUID()}@example.com`);
    const form = { name: "Alan", password };
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => signUpByInvitation({ token, form, origin: {}, language: "en" })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await membersOf(ada)).toHaveLength(2);
  });

  it("is refused for unknown and revoked tokens before a password is hashed", async () => {
    const link = await enter(ada, (tenant) => createLinkInvitation(tenant, { role: "member", expiresInDays: 7 }));
    await enter(ada, (tenant) => revokeInvitation(tenant, { id: link.invitation.id }));
    const form = { name: "Alan", email: `${randomUUID()}@example.com`, password };
    for (const [token, code] of [
      ["A".repeat(43), "NOT_FOUND"],
      ["../../etc", "NOT_FOUND"],
      [link.token, "GONE"],
    ] as const)
      await expect(signUpByInvitation({ token, form, origin: {}, language: "en" })).rejects.toMatchObject({ code });
  });
});

describe("following an invitation", () => {
  it("tells a stranger the same, whether the address has an account or not", async () => {
    const [known, unknown] = [await invite(grace.email), await invite(`${randomUUID()}@example.com`)];
    const answers = await Promise.all([known, unknown].map((token) => findInvitation(token, undefined)));
    const shapes = answers.map((found) =>
      found.kind === "open" ? { ...found, preview: { ...found.preview, email: "", expiresAt: "" } } : found,
    );
    expect(shapes[0]).toEqual(shapes[1]);
    expect(shapes[0]?.kind).toBe("open");
  });

  it("under another address is the wrong account, under the invited one open in any case", async () => {
    const token = await invite(grace.email.toUpperCase());
    expect((await findInvitation(token, userOf(ada, "ada@elsewhere.example"))).kind).toBe("member");
    const stranger = await signUpPerson(web, "Initech");
    expect((await findInvitation(token, userOf(stranger))).kind).toBe("wrong-account");
    expect((await findInvitation(token, userOf(grace))).kind).toBe("open");
  });

  it("by a link for one domain is the wrong account for an address elsewhere, also one that only ends alike", async () => {
    const link = { role: "member" as Role, expiresInDays: 7, allowedDomain: "acme.example" };
    const { token } = await enter(ada, (tenant) => createLinkInvitation(tenant, link));
    for (const [email, kind] of [
      ["g@acme.example", "open"],
      ["g@notacme.example", "wrong-account"],
      ["g@sub.acme.example", "wrong-account"],
      ["g@acme.example.evil.example", "wrong-account"],
    ] as const)
      expect((await findInvitation(token, userOf(grace, email))).kind, email).toBe(kind);
  });

  it("again after joining leads into the organization, and anybody else finds it closed", async () => {
    const token = await invite(grace.email);
    await tenancy().invitations.accept({ token, user: userOf(grace) });
    expect(await findInvitation(token, userOf(grace))).toEqual({ kind: "member", slug: ada.slug });
    expect((await findInvitation(token, undefined)).kind).toBe("closed");
    expect((await findInvitation(token, userOf(await signUpPerson(web, "Initech")))).kind).toBe("closed");
  });

  it("of a suspended organization says so, and of no organization nothing", async () => {
    const token = await invite(grace.email);
    await web.admin.query("update rowhouse.organizations set status = 'suspended' where slug = $1", [ada.slug]);
    expect((await findInvitation(token, userOf(grace))).kind).toBe("suspended");
    for (const text of ["", "A".repeat(43), "'", "%00", "a".repeat(10_000)])
      expect((await findInvitation(text, userOf(grace))).kind).toBe("unknown");
  });
});

async function invite(email: string): Promise<string> {
  return enter(ada, async (tenant) => {
    const { invitation, token } = await createInvitation(tenant, { email, role: "member" });
    await markInvitationSent(tenant, { id: invitation.id });
    return token;
  });
}

async function enter<T>({ slug, userId }: Person, work: (tenant: Tenant) => Promise<T>): Promise<T> {
  return tenancy().enter({ organization: slug, user: userId }, work);
}

function userOf({ userId, email }: Person, address = email) {
  return { id: userId, email: address, emailVerified: false, name: "Somebody" };
}

async function membersOf({ slug }: Person): Promise<unknown[]> {
  const { rows } = await web.admin.query<object>(
    `select u.email, m.role, u.email_verified as verified from rowhouse.memberships m join auth.users u on u.id = m.user_id
     join rowhouse.organizations o on o.id = m.organization_id where o.slug = $1`,
    [slug],
  );
  return rows;
}
