import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createInvitation, createLinkInvitation, resendInvitation, revokeInvitation } from "../../src/index.ts";
import { codesOf } from "../fixture/code-of.ts";
import { newPerson, openInvitingFixture, type InvitingFixture, type TestOrganization } from "./inviting-fixture.ts";

let desk: InvitingFixture;

beforeAll(async () => {
  desk = await openInvitingFixture();
});

afterAll(() => desk[Symbol.asyncDispose]());

const rounds = Array.from({ length: 20 }, (_, round) => round);

function count(codes: readonly string[], code: string): number {
  return codes.filter((one) => one === code).length;
}

async function countMembers({ id }: TestOrganization): Promise<number> {
  const { rows } = await desk.fixture.admin.query<{ count: number }>(
    "select count(*)::int as count from rowhouse.memberships where organization_id = $1",
    [id],
  );
  return rows[0]?.count ?? -1;
}

describe.each(rounds)("round %i", (round) => {
  it("30 acceptances of one invitation by the same person all succeed and make one membership", async () => {
    const organization = await desk.createOrganization(2);
    const { token } = await desk.invite(organization, "thirty@example.com");
    const user = newPerson("thirty@example.com");
    const codes = await codesOf(Array.from({ length: 30 }, () => desk.tenancy.invitations.accept({ token, user })));
    expect(count(codes, "ok")).toBe(30);
    expect(await countMembers(organization)).toBe(2);
    expect((await desk.actions(organization)).filter((action) => action === "member.added")).toHaveLength(1);
  });

  it("of 30 people on a link for 10, exactly 10 get in", async () => {
    const organization = await desk.createOrganization();
    const { token } = await desk.asOwner(organization, (tenant) =>
      createLinkInvitation(tenant, { role: "member", useLimit: 10, expiresInDays: 1 }),
    );
    const codes = await codesOf(
      Array.from({ length: 30 }, () => desk.tenancy.invitations.accept({ token, user: newPerson() })),
    );
    expect([count(codes, "ok"), count(codes, "GONE")]).toEqual([10, 20]);
    expect(await countMembers(organization)).toBe(11);
  });

  it("acceptance against revocation against resending: one order or the other, never both", async () => {
    const organization = await desk.createOrganization();
    const { invitation, token } = await desk.invite(organization, "race@example.com");
    const user = newPerson("race@example.com");
    const accept = () => desk.tenancy.invitations.accept({ token, user });
    const revoke = () => desk.asOwner(organization, (tenant) => revokeInvitation(tenant, invitation));
    const rival =
      round % 2 === 0 ? revoke : () => desk.asOwner(organization, (tenant) => resendInvitation(tenant, invitation));
    const order = round % 4 < 2 ? [accept, rival] : [rival, accept];
    const codes = await codesOf(order.map((act) => act()));
    expect(count(codes, "ok")).toBe(1);
    const { status } = await desk.stored(invitation.id);
    const isMember = (await desk.roleOf(organization, user.id)) !== undefined;
    expect(isMember).toBe(status === "accepted");
  });

  it("two last seats, wanted by ten invitations and ten people on a link at once, are two", async () => {
    const organization = await desk.createOrganization(3);
    const { token } = await desk.asOwner(organization, (tenant) =>
      createLinkInvitation(tenant, { role: "member", expiresInDays: 1 }),
    );
    const codes = await codesOf(
      rounds.map((index) =>
        index % 2 === round % 2
          ? desk.asOwner(organization, (tenant) =>
              createInvitation(tenant, { email: `p${index}@example.com`, role: "member" }),
            )
          : desk.tenancy.invitations.accept({ token, user: newPerson() }),
      ),
    );
    expect([count(codes, "ok"), count(codes, "MEMBER_LIMIT")]).toEqual([2, 18]);
  });

  it("one address invited ten times at once has one invitation", async () => {
    const organization = await desk.createOrganization();
    const codes = await codesOf(rounds.slice(0, 10).map(() => desk.invite(organization, "one@example.com")));
    expect([count(codes, "ok"), count(codes, "CONFLICT")]).toEqual([1, 9]);
  });
});
