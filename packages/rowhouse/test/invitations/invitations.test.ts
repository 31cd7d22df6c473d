import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createInvitation,
  createLinkInvitation,
  listInvitations,
  markInvitationSent,
  resendInvitation,
  revokeInvitation,
} from "../../src/index.ts";
import { newPerson, openInvitingFixture, type InvitingFixture, type TestOrganization } from "./inviting-fixture.ts";

let desk: InvitingFixture;
let acme: TestOrganization;

beforeAll(async () => {
  desk = await openInvitingFixture();
  acme = await desk.createOrganization();
});

afterAll(() => desk[Symbol.asyncDispose]());

describe("making an invitation", () => {
  it("stores the SHA-256 of a 256-bit token and the token nowhere", async () => {
    const { invitation, token } = await desk.invite(acme, "Hash@Example.com");
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const row = await desk.stored(invitation.id);
    expect(row.token_hash).toEqual(createHash("sha256").update(token).digest());
    const { rows } = await desk.fixture.admin.query<{ text: string }>(
      "select string_agg(e::text, '') || (select string_agg(i::text, '') from rowhouse.invitations i) as text from rowhouse.audit_events e",
    );
    expect(rows[0]?.text).not.toContain(token);
    expect(JSON.stringify(invitation)).not.toContain(token);
    expect(invitation).toMatchObject({
      email: "hash@example.com",
      status: "sent",
      invitedBy: { id: acme.ownerId, name: "Olivia Owner" },
    });
    const days = (invitation.expiresAt.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThan(7.01);
  });

  it("asks for invitations:create, and a viewer has it not", async () => {
    const viewer = await desk.addPerson(acme, "viewer");
    for (const work of [
      () => desk.as(acme, viewer.id, (tenant) => createInvitation(tenant, { email: "v@example.com", role: "viewer" })),
      () => desk.as(acme, viewer.id, (tenant) => createLinkInvitation(tenant, { role: "viewer", expiresInDays: 1 })),
      () => desk.as(acme, viewer.id, (tenant) => listInvitations(tenant)),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    const { invitation } = await desk.invite(acme, "viewed@example.com", "viewer");
    for (const act of [resendInvitation, revokeInvitation, markInvitationSent]) {
      await expect(
        desk.as(acme, viewer.id, async (tenant): Promise<unknown> => act(tenant, { id: invitation.id })),
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  it.each(["nobody", "a@b", "", "x@example.com\nBcc: y@example.com"])("to %j is INVALID_INPUT", async (email) => {
    const work = desk.asOwner(acme, (tenant) => createInvitation(tenant, { email, role: "member" }));
    await expect(work).rejects.toMatchObject({ code: "INVALID_INPUT", fields: [{ field: "email" }] });
  });

  it("with a role that is none is INVALID_INPUT", async () => {
    const work = desk.asOwner(acme, (tenant) =>
      createInvitation(tenant, { email: "r@example.com", role: "root" as "owner" }),
    );
    await expect(work).rejects.toMatchObject({ code: "INVALID_INPUT", fields: [{ field: "role" }] });
  });

  it("to a member or to an address with an open invitation is CONFLICT, whatever the case", async () => {
    const member = await desk.addPerson(acme, "member");
    await desk.invite(acme, "twice@example.com");
    for (const [email, message] of [
      [member.email.toUpperCase(), /is a member already/],
      ["TWICE@example.com", /is invited already/],
    ] as const) {
      const refusal = { code: "CONFLICT", message: expect.stringMatching(message) as string };
      await expect(desk.invite(acme, email)).rejects.toMatchObject({ ...refusal, fields: [{ field: "email" }] });
    }
  });

  it("to an address whose invitation ran out works at once, without the sweep", async () => {
    const { invitation: old } = await desk.invite(acme, "again@example.com");
    await desk.pass(old.id);
    const { invitation } = await desk.invite(acme, "again@example.com");
    expect(invitation.id).not.toBe(old.id);
    expect(await desk.stored(old.id)).toMatchObject({ status: "expired" });
  });

  it("in a personal workspace is FORBIDDEN", async () => {
    const own = await desk.createOrganization();
    await desk.fixture.admin.query(
      "update rowhouse.organizations set is_personal = true, personal_of = $2, member_limit = 1 where id = $1",
      [own.id, own.ownerId],
    );
    await expect(desk.invite(own, "friend@example.com")).rejects.toMatchObject({ code: "FORBIDDEN" });
    const link = desk.asOwner(own, (tenant) => createLinkInvitation(tenant, { role: "viewer", expiresInDays: 1 }));
    await expect(link).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("a link", () => {
  it.each([
    [{ role: "owner", expiresInDays: 1 }, "role"],
    [{ role: "member", expiresInDays: 0 }, "expiresInDays"],
    [{ role: "member", expiresInDays: 91 }, "expiresInDays"],
    [{ role: "member", expiresInDays: 1.5 }, "expiresInDays"],
    [{ role: "member", expiresInDays: 1, useLimit: 0 }, "useLimit"],
    [{ role: "member", expiresInDays: 1, useLimit: 10_001 }, "useLimit"],
    [{ role: "member", expiresInDays: 1, allowedDomain: "*.example.com" }, "allowedDomain"],
  ] as const)("made with %j is INVALID_INPUT", async (input, field) => {
    const work = desk.asOwner(acme, (tenant) => createLinkInvitation(tenant, input));
    await expect(work).rejects.toMatchObject({ code: "INVALID_INPUT", fields: [{ field }] });
  });

  it("says in the audit log what it allows, and nothing of its secret", async () => {
    const input = { role: "member", useLimit: 3, allowedDomain: "example.com" } as const;
    const { invitation, token } = await desk.asOwner(acme, (tenant) =>
      createLinkInvitation(tenant, { ...input, expiresInDays: 1 }),
    );
    const { rows } = await desk.fixture.admin.query(
      "select action, after from rowhouse.audit_events where organization_id = $1 and target_id = $2",
      [acme.id, invitation.id],
    );
    expect(rows).toEqual([{ action: "invitation.created", after: { kind: "link", ...input } }]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("cannot be resent or declined: CONFLICT", async () => {
    const { invitation, token } = await desk.asOwner(acme, (tenant) =>
      createLinkInvitation(tenant, { role: "member", expiresInDays: 1 }),
    );
    await expect(desk.asOwner(acme, (tenant) => resendInvitation(tenant, invitation))).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(desk.tenancy.invitations.decline({ token })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("resending", () => {
  it("kills the old token at once and gives another seven days", async () => {
    const { invitation, token: old } = await desk.invite(acme, "resend@example.com");
    await desk.pass(invitation.id);
    const resent = await desk.asOwner(acme, (tenant) => resendInvitation(tenant, { id: invitation.id }));
    expect(resent.invitation).toMatchObject({ id: invitation.id, status: "created", sentAt: null });
    expect(resent.invitation.expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    await expect(desk.tenancy.invitations.preview(old)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await desk.tenancy.invitations.preview(resent.token)).toMatchObject({ email: "resend@example.com" });
  });

  it("rests on who resends: an invitation survives that its first inviter left", async () => {
    const admin = await desk.addPerson(acme, "admin");
    const { invitation } = await desk.as(acme, admin.id, (tenant) =>
      createInvitation(tenant, { email: "left@example.com", role: "member" }),
    );
    await desk.fixture.admin.query("delete from rowhouse.memberships where user_id = $1", [admin.id]);
    const { token } = await desk.asOwner(acme, (tenant) => resendInvitation(tenant, { id: invitation.id }));
    await expect(
      desk.tenancy.invitations.accept({ token, user: newPerson("left@example.com") }),
    ).resolves.toMatchObject({
      role: "member",
    });
  });

  it.each(["accepted", "declined", "revoked"])("what was %s is GONE", async (status) => {
    const { invitation } = await desk.invite(acme, `${status}@example.com`);
    await desk.fixture.admin.query("update rowhouse.invitations set status = $2 where id = $1", [
      invitation.id,
      status,
    ]);
    await expect(desk.asOwner(acme, (tenant) => resendInvitation(tenant, invitation))).rejects.toMatchObject({
      code: "GONE",
    });
  });

  it("an expired one is CONFLICT when the address has a newer one or is a member by now", async () => {
    const { invitation } = await desk.invite(acme, "newer@example.com");
    await desk.pass(invitation.id);
    const { token } = await desk.invite(acme, "newer@example.com");
    const resend = () => desk.asOwner(acme, (tenant) => resendInvitation(tenant, invitation));
    const conflict = (message: RegExp) => ({ code: "CONFLICT", message: expect.stringMatching(message) as string });
    await expect(resend()).rejects.toMatchObject(conflict(/has a newer invitation/));
    await desk.tenancy.invitations.accept({ token, user: newPerson("newer@example.com") });
    await expect(resend()).rejects.toMatchObject(conflict(/is a member already/));
  });
});

describe("revoking", () => {
  it("frees the seat and kills the token at once; twice is once", async () => {
    const small = await desk.createOrganization(2);
    const { invitation, token } = await desk.invite(small, "a@example.com");
    await expect(desk.invite(small, "b@example.com")).rejects.toMatchObject({ code: "MEMBER_LIMIT" });
    const revoke = () => desk.asOwner(small, (tenant) => revokeInvitation(tenant, invitation));
    expect(await revoke()).toMatchObject({ status: "revoked" });
    expect(await revoke()).toMatchObject({ status: "revoked" });
    await expect(desk.tenancy.invitations.accept({ token, user: newPerson("a@example.com") })).rejects.toMatchObject({
      code: "GONE",
    });
    await desk.invite(small, "b@example.com");
    expect((await desk.actions(small)).filter((action) => action === "invitation.revoked")).toHaveLength(1);
  });

  it("an invitation for a role above one's own is FORBIDDEN, and it stays open", async () => {
    const member = await desk.addPerson(acme, "member");
    const { invitation } = await desk.invite(acme, "higher@example.com", "admin");
    const work = desk.as(acme, member.id, (tenant) => revokeInvitation(tenant, invitation));
    await expect(work).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await desk.stored(invitation.id)).toMatchObject({ status: "sent" });
  });

  it("or marking what has run out is GONE, and an unknown or foreign id is NOT_FOUND", async () => {
    const { invitation } = await desk.invite(acme, "late@example.com");
    await desk.pass(invitation.id);
    const other = await desk.createOrganization();
    for (const act of [revokeInvitation, markInvitationSent]) {
      await expect(
        desk.asOwner(acme, async (tenant): Promise<unknown> => act(tenant, invitation)),
      ).rejects.toMatchObject({ code: "GONE" });
    }
    for (const act of [revokeInvitation, markInvitationSent, resendInvitation]) {
      await expect(
        desk.asOwner(other, async (tenant): Promise<unknown> => act(tenant, invitation)),
      ).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(
        desk.asOwner(acme, async (tenant): Promise<unknown> => act(tenant, { id: "'; --" })),
      ).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("declining", () => {
  it("needs no account, frees the seat, and twice is once; afterwards the token is GONE", async () => {
    const small = await desk.createOrganization(2);
    const { token } = await desk.invite(small, "no@example.com");
    await desk.tenancy.invitations.decline({ token });
    await desk.tenancy.invitations.decline({ token });
    await expect(desk.tenancy.invitations.accept({ token, user: newPerson("no@example.com") })).rejects.toMatchObject({
      code: "GONE",
    });
    await desk.invite(small, "yes@example.com");
    expect((await desk.actions(small)).filter((action) => action === "invitation.declined")).toHaveLength(1);
  });

  it("under the invited address, in whatever case, is that person's own act", async () => {
    const { token, invitation } = await desk.invite(acme, "own@example.com");
    const user = newPerson("Own@Example.com");
    await desk.tenancy.invitations.decline({ token, user });
    const { rows } = await desk.fixture.admin.query(
      "select actor_kind, actor_id from rowhouse.audit_events where action = 'invitation.declined' and target_id = $1",
      [invitation.id],
    );
    expect(rows).toEqual([{ actor_kind: "user", actor_id: user.id }]);
  });

  it("as another account is WRONG_ACCOUNT, and what was accepted is GONE", async () => {
    const { token } = await desk.invite(acme, "mine@example.com");
    await expect(desk.tenancy.invitations.decline({ token, user: newPerson() })).rejects.toMatchObject({
      code: "WRONG_ACCOUNT",
    });
    await desk.tenancy.invitations.accept({ token, user: newPerson("mine@example.com") });
    await expect(desk.tenancy.invitations.decline({ token })).rejects.toMatchObject({ code: "GONE" });
  });
});

describe("the list", () => {
  it("finds by a part of the address and by the status as it is now, page by page, of one's own organization only", async () => {
    const listed = await desk.createOrganization();
    const made = [];
    for (const index of [1, 2, 3, 4, 5])
      made.push((await desk.invite(listed, `person_${index}@example.com`)).invitation.id);
    await desk.pass(made[0] ?? "");
    const list = (input: Parameters<typeof listInvitations>[1]) =>
      desk.asOwner(listed, (tenant) => listInvitations(tenant, input));
    const first = await list({ limit: 2, status: "open" });
    expect(first.items.map(({ email }) => email)).toEqual(["person_5@example.com", "person_4@example.com"]);
    const second = await list({ limit: 2, status: "open", after: first.next ?? "" });
    expect(second.items.map(({ email }) => email)).toEqual(["person_3@example.com", "person_2@example.com"]);
    expect(second.next).toBeNull();
    expect((await list({ status: "expired" })).items.map(({ id, status }) => ({ id, status }))).toEqual([
      { id: made[0], status: "expired" },
    ]);
    expect((await list({ status: "sent" })).items).toHaveLength(4);
    expect((await list({ search: "N_3@EX" })).items.map(({ email }) => email)).toEqual(["person_3@example.com"]);
    expect((await list({ search: "%" })).items).toEqual([]);
    expect((await list({})).items).toHaveLength(5);
  });
});

describe("the audit log", () => {
  it("has an event for each step, in order", async () => {
    const logged = await desk.createOrganization();
    const { invitation } = await desk.invite(logged, "log@example.com");
    const { token } = await desk.asOwner(logged, (tenant) => resendInvitation(tenant, invitation));
    await desk.tenancy.invitations.accept({ token, user: newPerson("log@example.com"), origin: { ip: "192.0.2.1" } });
    expect(await desk.actions(logged)).toEqual([
      "organization.created",
      "invitation.created",
      "invitation.sent",
      "invitation.resent",
      "invitation.accepted",
      "member.added",
    ]);
  });
});
