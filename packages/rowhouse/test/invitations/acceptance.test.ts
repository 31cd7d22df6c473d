import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createInvitation,
  createInvitations,
  createLinkInvitation,
  expireInvitations,
  markInvitationSent,
  resendInvitation,
} from "../../src/index.ts";
import { noContext } from "../../src/database/context.ts";
import { openUnscoped } from "../../src/database/open-unscoped.ts";
import { hashInvitationToken } from "../../src/invitations/invitation-token.ts";
import type { ControlPlane } from "../../src/index.ts";
import { openPool } from "../fixture/two-organizations.ts";
import {
  newPerson,
  openInvitingFixture,
  withContext,
  type InvitingFixture,
  type TestOrganization,
} from "./inviting-fixture.ts";

let desk: InvitingFixture;
let acme: TestOrganization;

beforeAll(async () => {
  desk = await openInvitingFixture();
  acme = await desk.createOrganization();
});

afterAll(() => desk[Symbol.asyncDispose]());

const link = (input: Parameters<typeof createLinkInvitation>[1], organization = acme) =>
  desk.asOwner(organization, (tenant) => createLinkInvitation(tenant, input));

describe("the person", () => {
  it("(better-auth#9154) clicking twice is one membership and success both times", async () => {
    const { token } = await desk.invite(acme, "Double@example.com", "viewer");
    const user = newPerson("dOUBLE@EXAMPLE.COM");
    const first = await desk.tenancy.invitations.accept({ token, user });
    expect(first).toMatchObject({ role: "viewer", organization: { id: acme.id } });
    expect(await desk.tenancy.invitations.accept({ token, user })).toEqual(first);
    expect(await desk.tenancy.listOrganizations(user.id)).toHaveLength(1);
  });

  it("(better-auth#6716) whose account is unverified gets in by the mailed link, not by a token that was never mailed", async () => {
    const user = newPerson("unverified@example.com", false);
    const made = await desk.asOwner(acme, (tenant) => createInvitation(tenant, { email: user.email, role: "member" }));
    await expect(desk.tenancy.invitations.accept({ token: made.token, user })).rejects.toMatchObject({
      code: "WRONG_ACCOUNT",
    });
    await desk.asOwner(acme, (tenant) => markInvitationSent(tenant, made.invitation));
    await expect(desk.tenancy.invitations.accept({ token: made.token, user })).resolves.toMatchObject({
      role: "member",
    });
  });

  it("(MentraOS#3288) signed in under another address is WRONG_ACCOUNT, which names both addresses", async () => {
    const { token } = await desk.invite(acme, "right@example.com");
    for (const email of [
      "wrong@example.com",
      "right@example.com.evil.test",
      "\u0280ight@example.com",
      "not an address",
    ]) {
      const work = desk.tenancy.invitations.accept({ token, user: newPerson(email) });
      await expect(work).rejects.toMatchObject({
        code: "WRONG_ACCOUNT",
        message: `This invitation is for right@example.com. You are signed in as ${email}.`,
      });
    }
  });

  it("(basejump, volca, documenso) who merely found the token gets nothing and does not use it up", async () => {
    const { token } = await desk.invite(acme, "rightful@example.com");
    const finder = newPerson();
    await expect(desk.tenancy.invitations.accept({ token, user: finder })).rejects.toMatchObject({
      code: "WRONG_ACCOUNT",
    });
    expect(await desk.roleOf(acme, finder.id)).toBeUndefined();
    await expect(
      desk.tenancy.invitations.accept({ token, user: newPerson("rightful@example.com") }),
    ).resolves.toBeDefined();
  });

  it("(basejump) without a real session is UNAUTHENTICATED", async () => {
    const { token } = await desk.invite(acme, "anonymous@example.com");
    for (const user of [{ ...newPerson("anonymous@example.com"), id: "anonymous" }, newPerson("")]) {
      await expect(desk.tenancy.invitations.accept({ token, user })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    }
  });

  it("(boxyhq) who is an owner and follows a member's link stays owner: CONFLICT", async () => {
    const { token } = await link({ role: "member", expiresInDays: 1 });
    const owner = { ...newPerson(), id: acme.ownerId };
    await expect(desk.tenancy.invitations.accept({ token, user: owner })).rejects.toMatchObject({
      code: "CONFLICT",
      message: "You are a member of this organization already.",
    });
    expect(await desk.roleOf(acme, acme.ownerId)).toBe("owner");
  });

  it("who was suspended does not come back by an invitation, and who was removed not by the one they used", async () => {
    const suspended = await desk.addPerson(acme, "member");
    await desk.fixture.admin.query("update rowhouse.memberships set status = 'suspended' where user_id = $1", [
      suspended.id,
    ]);
    const open = await link({ role: "admin", expiresInDays: 1 });
    await expect(desk.tenancy.invitations.accept({ token: open.token, user: suspended })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const removed = newPerson("removed@example.com");
    const mailed = await desk.invite(acme, removed.email);
    await desk.tenancy.invitations.accept({ token: mailed.token, user: removed });
    await desk.fixture.admin.query("delete from rowhouse.memberships where user_id = $1", [removed.id]);
    await expect(desk.tenancy.invitations.accept({ token: mailed.token, user: removed })).rejects.toMatchObject({
      code: "GONE",
    });
    const linked = newPerson();
    await desk.tenancy.invitations.accept({ token: open.token, user: linked });
    await desk.tenancy.invitations.accept({ token: open.token, user: linked });
    expect(await desk.stored(open.invitation.id)).toMatchObject({ use_count: 1 });
    await desk.fixture.admin.query("delete from rowhouse.memberships where user_id = $1", [linked.id]);
    await expect(desk.tenancy.invitations.accept({ token: open.token, user: linked })).rejects.toMatchObject({
      code: "GONE",
    });
  });
});

describe("the inviter", () => {
  it("(formbricks#8813, nextjs/saas-starter) cannot invite above their own role, by address, in bulk or by link", async () => {
    const member = await desk.addPerson(acme, "member");
    const tried = [
      () => desk.as(acme, member.id, (tenant) => createInvitation(tenant, { email: "up@example.com", role: "owner" })),
      () => desk.as(acme, member.id, (tenant) => createLinkInvitation(tenant, { role: "admin", expiresInDays: 1 })),
      () =>
        desk.as(acme, member.id, (tenant) => createInvitations(tenant, { addresses: "up@example.com", role: "admin" })),
    ];
    for (const work of tried) await expect(work()).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { invitation } = await desk.invite(acme, "above@example.com", "owner");
    await expect(desk.as(acme, member.id, (tenant) => resendInvitation(tenant, invitation))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const report = await desk.as(acme, member.id, (tenant) =>
      createInvitations(tenant, { addresses: "up@example.com,owner\nok@example.com", role: "viewer" }),
    );
    expect(report.map(({ outcome }) => outcome)).toEqual(["role-above-yours", "created"]);
  });

  it.each([
    ["was removed", "delete from rowhouse.memberships where user_id = $1"],
    ["was suspended", "update rowhouse.memberships set status = 'suspended' where user_id = $1"],
    ["fell below the role", "update rowhouse.memberships set role = 'member' where user_id = $1"],
    ["may not invite any more", "update rowhouse.memberships set role = 'viewer' where user_id = $1"],
  ])("(better-auth) who %s since leaves invitations that are GONE, for preview and acceptance", async (_, change) => {
    const admin = await desk.addPerson(acme, "admin");
    const email = `${uuidv7()}@example.com`;
    const role = change.includes("viewer") ? "viewer" : "admin";
    const { token } = await desk.as(acme, admin.id, async (tenant) => {
      const made = await createInvitation(tenant, { email, role });
      await markInvitationSent(tenant, made.invitation);
      return made;
    });
    await desk.fixture.admin.query(change, [admin.id]);
    await expect(desk.tenancy.invitations.preview(token)).rejects.toMatchObject({ code: "GONE" });
    await expect(desk.tenancy.invitations.accept({ token, user: newPerson(email) })).rejects.toMatchObject({
      code: "GONE",
    });
  });
});

describe("the token", () => {
  it("that is unknown or malformed is NOT_FOUND; expired or revoked is GONE", async () => {
    for (const token of [
      "",
      "x",
      "a".repeat(43),
      "'; drop table x; --",
      "a".repeat(10_000),
      undefined as unknown as string,
    ]) {
      await expect(desk.tenancy.invitations.preview(token)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(desk.tenancy.invitations.accept({ token, user: newPerson() })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
    const { invitation, token } = await desk.invite(acme, "expired@example.com");
    await desk.pass(invitation.id);
    await expect(desk.tenancy.invitations.preview(token)).rejects.toMatchObject({ code: "GONE" });
    await expect(
      desk.tenancy.invitations.accept({ token, user: newPerson("expired@example.com") }),
    ).rejects.toMatchObject({ code: "GONE" });
    await expect(desk.tenancy.invitations.decline({ token })).rejects.toMatchObject({ code: "GONE" });
  });

  it("shows the same to a stranger whether the address has an account or not", async () => {
    const known = await desk.addPerson(await desk.createOrganization(), "member");
    const shown = [];
    for (const email of [known.email, "nobody@example.com"]) {
      const { token } = await desk.invite(acme, email);
      const { email: _email, expiresAt: _expiresAt, ...rest } = await desk.tenancy.invitations.preview(token);
      shown.push(rest);
    }
    expect(shown[0]).toEqual(shown[1]);
    expect(shown[0]).toEqual({
      organization: { slug: acme.slug, name: "Organization 1" },
      kind: "email",
      allowedDomain: null,
      role: "member",
      inviterName: "Olivia Owner",
    });
  });

  it("of a suspended organization is ORGANIZATION_SUSPENDED", async () => {
    const closed = await desk.createOrganization();
    const { token } = await desk.invite(closed, "closed@example.com");
    await desk.fixture.admin.query("update rowhouse.organizations set status = 'suspended' where id = $1", [closed.id]);
    await expect(
      desk.tenancy.invitations.accept({ token, user: newPerson("closed@example.com") }),
    ).rejects.toMatchObject({ code: "ORGANIZATION_SUSPENDED" });
  });

  it("gives a holder no other row: row security shows the one invitation, read-only", async () => {
    const { invitation, token } = await desk.invite(acme, "shown@example.com");
    await desk.invite(acme, "hidden@example.com");
    await using pool = openPool(desk.fixture.runtimeUrl);
    const seen = await openUnscoped<ControlPlane>(pool, noContext)
      .transaction()
      .execute(async (db) => {
        await sql`select rowhouse.organization_of_invitation(${hashInvitationToken(token)})`.execute(db);
        const changed = await sql`update rowhouse.invitations set role = 'owner' returning id`.execute(db);
        const read = await sql`select id from rowhouse.invitations`.execute(db);
        return { changed: changed.rows, read: read.rows };
      });
    expect(seen).toEqual({ changed: [], read: [{ id: invitation.id }] });
  });
});

describe("a link", () => {
  it("(better-auth#3672) with a domain is for verified addresses at exactly that domain", async () => {
    const { token } = await link({ role: "member", expiresInDays: 1, allowedDomain: "@Example.COM" });
    for (const user of [
      newPerson("a@sub.example.com"),
      newPerson("a@example.com.evil.test"),
      newPerson("a@example.com", false),
    ]) {
      await expect(desk.tenancy.invitations.accept({ token, user })).rejects.toMatchObject({ code: "WRONG_ACCOUNT" });
    }
    await expect(
      desk.tenancy.invitations.accept({ token, user: newPerson(`${uuidv7()}@EXAMPLE.com`) }),
    ).resolves.toBeDefined();
  });
});

describe("seats", () => {
  it("(kong/insomnia#8890) the last seat is reserved by the invitation, and whoever accepts it needs no second one", async () => {
    const small = await desk.createOrganization(2);
    const { token } = await desk.invite(small, "seat@example.com");
    await expect(desk.invite(small, "more@example.com")).rejects.toMatchObject({ code: "MEMBER_LIMIT" });
    const open = await link({ role: "member", expiresInDays: 1 }, small);
    await expect(desk.tenancy.invitations.accept({ token: open.token, user: newPerson() })).rejects.toMatchObject({
      code: "MEMBER_LIMIT",
    });
    expect(await desk.stored(open.invitation.id)).toMatchObject({ use_count: 0 });
    await expect(
      desk.tenancy.invitations.accept({ token, user: newPerson("seat@example.com") }),
    ).resolves.toBeDefined();
  });

  it("(better-auth#5517) there is no limit that nobody set: the 101st member gets in", async () => {
    const large = await desk.createOrganization();
    const addresses = Array.from({ length: 101 }, (_, index) => ({ email: `p${index}@example.com` }));
    const report = await desk.asOwner(large, (tenant) => createInvitations(tenant, { addresses, role: "member" }));
    expect(new Set(report.map(({ outcome }) => outcome))).toEqual(new Set(["created"]));
  });

  it("an expired invitation holds none, and resending it needs a free one", async () => {
    const small = await desk.createOrganization(2);
    const { invitation } = await desk.invite(small, "first@example.com");
    await desk.pass(invitation.id);
    await desk.invite(small, "second@example.com");
    await expect(desk.asOwner(small, (tenant) => resendInvitation(tenant, invitation))).rejects.toMatchObject({
      code: "MEMBER_LIMIT",
    });
  });
});

describe("many at once", () => {
  it("(boxyhq#892) are reported line by line, and a bad line costs no good one", async () => {
    const bulk = await desk.createOrganization(5);
    const member = await desk.addPerson(bulk, "member");
    await desk.invite(bulk, "open@example.com");
    const addresses = `email,role\nnew@example.com,admin\n${member.email}\nopen@example.com\nnonsense\nNEW@example.com\nlast@example.com\ntoo@example.com`;
    const report = await desk.asOwner(bulk, (tenant) => createInvitations(tenant, { addresses, role: "viewer" }));
    expect(report.map(({ line, outcome, role }) => [line, outcome, role])).toEqual([
      [2, "created", "admin"],
      [3, "already-a-member", "viewer"],
      [4, "already-invited", "viewer"],
      [5, "not-an-address", "viewer"],
      [6, "already-invited", "viewer"],
      [7, "created", "viewer"],
      [8, "no-seat", "viewer"],
    ]);
    expect(report[0]).toMatchObject({
      token: expect.stringMatching(/^.{43}$/) as string,
      invitation: { email: "new@example.com" },
    });
    const tooMany = desk.asOwner(bulk, (tenant) =>
      createInvitations(tenant, { addresses: "a@example.com\n".repeat(501), role: "viewer" }),
    );
    await expect(tooMany).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("signing up with an invitation", () => {
  const createUser = (email: string) => async () => ({ id: uuidv7(), name: "New", email });

  it("(better-auth-ui#339) makes the person and the membership, with the address fixed and verified, and no organization of their own", async () => {
    const { token } = await desk.invite(acme, "fresh@example.com", "admin");
    const { userId, organization } = await desk.tenancy.invitations.signUp({ token }, async (_db, address) => {
      expect(address).toEqual({ email: "fresh@example.com", emailVerified: true });
      return { id: uuidv7(), name: "Fresh", email: "fresh@example.com" };
    });
    expect(await desk.tenancy.listOrganizations(userId)).toEqual([{ organization, role: "admin" }]);
    await expect(desk.tenancy.invitations.signUp({ token }, createUser("fresh@example.com"))).rejects.toMatchObject({
      code: "GONE",
    });
  });

  it("(superlog#519) under another address, by a token that was not mailed, or by a link with a domain is WRONG_ACCOUNT and writes nothing", async () => {
    const mailed = await desk.invite(acme, "fixed@example.com");
    const unsent = await desk.asOwner(acme, (tenant) =>
      createInvitation(tenant, { email: "unsent@example.com", role: "member" }),
    );
    const domain = await link({ role: "member", expiresInDays: 1, allowedDomain: "example.com" });
    const before = await desk.actions(acme);
    for (const [token, email] of [
      [mailed.token, "thief@example.com"],
      [unsent.token, "unsent@example.com"],
      [domain.token, "a@example.com"],
    ] as const) {
      await expect(desk.tenancy.invitations.signUp({ token }, createUser(email))).rejects.toMatchObject({
        code: "WRONG_ACCOUNT",
      });
    }
    expect(await desk.actions(acme)).toEqual(before);
    expect(await desk.stored(mailed.invitation.id)).toMatchObject({ status: "sent" });
  });

  it("is undone when the user cannot be written, and rests on a service account that still stands", async () => {
    const { token } = await desk.invite(acme, "undone@example.com");
    const failing = desk.tenancy.invitations.signUp({ token }, () => Promise.reject(new TypeError("taken")));
    await expect(failing).rejects.toThrow("taken");
    const machine = uuidv7();
    await withContext(desk.fixture, acme.id, {
      text: "insert into rowhouse.service_accounts (organization_id, id, name, role, created_by) values ($1, $2, 'bot', 'admin', $2)",
      values: [acme.id, machine],
    });
    const made = await desk.invite(acme, "by-bot@example.com");
    await desk.fixture.admin.query("update rowhouse.invitations set invited_by = $2 where id = $1", [
      made.invitation.id,
      machine,
    ]);
    expect(await desk.tenancy.invitations.preview(made.token)).toMatchObject({ inviterName: "bot" });
    await expect(
      desk.tenancy.invitations.signUp({ token: made.token }, createUser("by-bot@example.com")),
    ).resolves.toBeDefined();
  });
});

describe("the nightly sweep", () => {
  it("writes down what has run out, with an event each, and nothing else", async () => {
    const swept = await desk.createOrganization();
    const old = await desk.invite(swept, "old@example.com");
    const open = await desk.invite(swept, "young@example.com");
    await desk.pass(old.invitation.id);
    const sweep = () =>
      desk.tenancy.operate({ operator: "nightly", reason: "clean-up" }, (operator) => expireInvitations(operator));
    expect(await sweep()).toBeGreaterThanOrEqual(1);
    expect(await sweep()).toBe(0);
    expect(await desk.stored(old.invitation.id)).toMatchObject({ status: "expired" });
    expect(await desk.stored(open.invitation.id)).toMatchObject({ status: "sent" });
    expect((await desk.actions(swept)).filter((action) => action === "invitation.expired")).toHaveLength(1);
  });
});
