import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createInvitation,
  createLinkInvitation,
  markInvitationSent,
  resendInvitation,
  revokeInvitation,
} from "../../src/index.ts";
import { getInvitation } from "../../src/invitations/invitation.ts";
import { controlPlaneOf } from "../../src/tenant/control-plane-of.ts";
import { refused } from "../fixture/refused.ts";
import { newPerson, openInvitingFixture, type InvitingFixture, type TestOrganization } from "./inviting-fixture.ts";

let desk: InvitingFixture;
let acme: TestOrganization;

beforeAll(async () => {
  desk = await openInvitingFixture();
});

afterAll(() => desk[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await desk.createOrganization();
});

const link = (input: object = {}) =>
  desk.asOwner(acme, (tenant) => createLinkInvitation(tenant, { role: "member", expiresInDays: 1, ...input }));
const statusOf = async (id: string) => (await desk.stored(id)).status;

describe("an act on one invitation leaves the others as they are", () => {
  it.each<[string, string, (id: string, token: string) => Promise<unknown>]>([
    ["revoking", "revoked", (id) => desk.asOwner(acme, (tenant) => revokeInvitation(tenant, { id }))],
    ["sending", "sent", (id) => desk.asOwner(acme, (tenant) => markInvitationSent(tenant, { id }))],
    ["resending", "created", (id) => desk.asOwner(acme, (tenant) => resendInvitation(tenant, { id }))],
    ["declining", "declined", (_, token) => desk.tenancy.invitations.decline({ token })],
    [
      "accepting",
      "accepted",
      async (id, token) => {
        await desk.asOwner(acme, (tenant) => markInvitationSent(tenant, { id }));
        await desk.tenancy.invitations.accept({ token, user: newPerson("one@example.com") });
      },
    ],
  ])("%s it", async (_, status, act) => {
    const others = [await desk.invite(acme, "first@example.com")];
    const { invitation, token } = await desk.asOwner(acme, (tenant) =>
      createInvitation(tenant, { email: "one@example.com", role: "member" }),
    );
    others.push(await desk.invite(acme, "last@example.com"));
    const before = await Promise.all(others.map((other) => desk.stored(other.invitation.id)));
    await act(invitation.id, token);
    expect(await statusOf(invitation.id)).toBe(status);
    expect(await Promise.all(others.map((other) => desk.stored(other.invitation.id)))).toEqual(before);
  });

  it("and what they give back is that one", async () => {
    await desk.invite(acme, "first@example.com");
    const { invitation } = await desk.invite(acme, "one@example.com");
    await desk.invite(acme, "last@example.com");
    for (const act of [markInvitationSent, revokeInvitation]) {
      expect(await desk.asOwner(acme, (tenant) => act(tenant, invitation))).toMatchObject({ id: invitation.id });
    }
    const unknown = desk.asOwner(acme, (tenant) => getInvitation(controlPlaneOf(tenant), uuidv7()));
    await refused(unknown, "NOT_FOUND");
  });

  it("so does a use of one link, and it is counted once a person", async () => {
    const [one, other] = [await link({ useLimit: 2 }), await link({ useLimit: 2 })];
    const user = newPerson();
    await desk.tenancy.invitations.accept({ token: one.token, user });
    expect(await desk.stored(one.invitation.id)).toMatchObject({ status: "created", use_count: 1 });
    expect(await desk.stored(other.invitation.id)).toMatchObject({ status: "created", use_count: 0 });
    await refused(desk.tenancy.invitations.accept({ token: other.token, user }), "CONFLICT");
  });
});

describe("an invitation that was made and not sent", () => {
  it("can be sent twice, which is once, and revoked", async () => {
    const { invitation } = await desk.asOwner(acme, (tenant) =>
      createInvitation(tenant, { email: "one@example.com", role: "member" }),
    );
    for (let time = 1; time <= 2; time += 1) {
      expect(await desk.asOwner(acme, (tenant) => markInvitationSent(tenant, invitation))).toMatchObject({
        status: "sent",
      });
    }
    const unsent = await desk.asOwner(acme, (tenant) =>
      createInvitation(tenant, { email: "two@example.com", role: "member" }),
    );
    expect(await desk.asOwner(acme, (tenant) => revokeInvitation(tenant, unsent.invitation))).toMatchObject({
      status: "revoked",
    });
    expect((await desk.actions(acme)).slice(1)).toEqual([
      "invitation.created",
      "invitation.sent",
      "invitation.created",
      "invitation.revoked",
    ]);
  });

  it.each(["accepted", "declined", "revoked", "expired"])(
    "cannot be sent or revoked once it is %s: GONE",
    async (status) => {
      const { invitation } = await desk.invite(acme, "one@example.com");
      await desk.fixture.admin.query("update rowhouse.invitations set status = $2 where id = $1", [
        invitation.id,
        status,
      ]);
      await refused(
        desk.asOwner(acme, (tenant) => markInvitationSent(tenant, invitation)),
        "GONE",
      );
      if (status !== "revoked")
        await refused(
          desk.asOwner(acme, (tenant) => revokeInvitation(tenant, invitation)),
          "GONE",
        );
      expect(await statusOf(invitation.id)).toBe(status);
    },
  );
});

it("an invitation can be looked at while somebody changes it", async () => {
  const { invitation, token } = await desk.invite(acme, "one@example.com");
  await using quick = desk.fixture.open({}, { statementTimeoutMs: 5_000 });
  const client = await desk.fixture.admin.connect();
  try {
    await client.query("begin");
    await client.query("select from rowhouse.invitations where id = $1 for update", [invitation.id]);
    expect(await quick.invitations.preview(token)).toMatchObject({ email: "one@example.com" });
  } finally {
    await client.query("rollback");
    client.release();
  }
});

describe("a link", () => {
  it("without a limit lets in as many as come, and one with a limit that many", async () => {
    const open = await link();
    for (const user of [newPerson(), newPerson(), newPerson()])
      await desk.tenancy.invitations.accept({ token: open.token, user });
    const limited = await link({ useLimit: 2 });
    for (const user of [newPerson(), newPerson()])
      await desk.tenancy.invitations.accept({ token: limited.token, user });
    expect(await statusOf(limited.invitation.id)).toBe("accepted");
    await refused(desk.tenancy.invitations.accept({ token: limited.token, user: newPerson() }), "GONE");
    expect(await statusOf(open.invitation.id)).toBe("created");
  });

  it("lets somebody new sign up with the address they choose", async () => {
    const { token } = await link();
    const made = desk.tenancy.invitations.signUp({ token }, async (_db, address) => {
      expect(address).toEqual({ email: null, emailVerified: false });
      return { id: uuidv7(), name: "New", email: "own@example.com" };
    });
    await expect(made).resolves.toMatchObject({ organization: { id: acme.id } });
  });

  it("used by one person does not count as used by another, nor another link as this one", async () => {
    const [one, other] = [await link(), await link()];
    const [ada, bob] = [newPerson(), newPerson()];
    await desk.tenancy.invitations.accept({ token: one.token, user: ada });
    await desk.fixture.admin.query("delete from rowhouse.memberships where user_id = $1", [ada.id]);
    await refused(desk.tenancy.invitations.accept({ token: one.token, user: ada }), "GONE");
    await desk.tenancy.invitations.accept({ token: one.token, user: bob });
    await desk.tenancy.invitations.accept({ token: other.token, user: ada });
    expect(await desk.roleOf(acme, ada.id)).toBe("member");
  });
});

describe("the seats", () => {
  it("are taken by active members and open invitations alone", async () => {
    acme = await desk.createOrganization(3);
    const suspended = await desk.addPerson(acme, "member");
    await desk.fixture.admin.query("update rowhouse.memberships set status = 'suspended' where user_id = $1", [
      suspended.id,
    ]);
    await link();
    const { invitation } = await desk.invite(acme, "declined@example.com");
    await desk.fixture.admin.query("update rowhouse.invitations set status = 'declined' where id = $1", [
      invitation.id,
    ]);
    await desk.invite(acme, "one@example.com");
    await desk.invite(acme, "two@example.com");
    await refused(desk.invite(acme, "three@example.com"), "MEMBER_LIMIT");
  });

  it("let an open invitation be sent again when all are taken, but not when there are fewer by now", async () => {
    acme = await desk.createOrganization(2);
    const { invitation } = await desk.invite(acme, "one@example.com");
    await desk.asOwner(acme, (tenant) => resendInvitation(tenant, invitation));
    await desk.fixture.limitMembers(acme.id, 1);
    await refused(
      desk.asOwner(acme, (tenant) => resendInvitation(tenant, invitation)),
      "MEMBER_LIMIT",
    );
  });
});
