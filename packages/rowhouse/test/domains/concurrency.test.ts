import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDomain, approveJoinRequest, removeMember, setDomainMode, verifyDomain } from "../../src/index.ts";
import { codeOf } from "../fixture/code-of.ts";
import { newDomainName, openDomainFixture, personAt, type DomainFixture } from "./domain-fixture.ts";

let desk: DomainFixture;

beforeAll(async () => {
  desk = await openDomainFixture({ maxConnections: 12, acquireTimeoutMs: 15_000 });
});

afterAll(() => desk[Symbol.asyncDispose]());

const rounds = Array.from({ length: 20 }, (_, round) => round);

function count(codes: readonly string[], code: string): number {
  return codes.filter((one) => one === code).length;
}

async function countMembers(organizationId: string): Promise<number> {
  const text = "select count(*)::int as count from rowhouse.memberships where organization_id = $1";
  return (await desk.fixture.admin.query<{ count: number }>(text, [organizationId])).rows[0]?.count ?? -1;
}

describe.each(rounds)("round %i", (round) => {
  it("of five organizations that prove one domain at once, one has it", async () => {
    const domain = newDomainName();
    const organizations = await Promise.all(Array.from({ length: 5 }, () => desk.createOrganization()));
    const added = await Promise.all(organizations.map(({ own }) => own((tenant) => addDomain(tenant, { domain }))));
    desk.zone.set(
      `_rowhouse.${domain}`,
      added.map(({ record }) => record.value),
    );
    const codes = await Promise.all(
      organizations.map(({ own }, index) =>
        codeOf(own((tenant) => verifyDomain(tenant, { id: added[index]?.id ?? "", resolveTxt: desk.resolveTxt }))),
      ),
    );
    expect([count(codes, "ok"), count(codes, "CONFLICT")]).toEqual([1, 4]);
  });

  it("of ten people who want the last two seats by their domain, two get them, each once", async () => {
    const { id, prove } = await desk.createOrganization(3);
    const { domain } = await prove(newDomainName(), "auto");
    const people = Array.from({ length: 10 }, () => personAt(domain));
    const codes = await Promise.all(
      [...people, ...people].map((user) => codeOf(desk.tenancy.domains.join({ user, organization: id }))),
    );
    expect([count(codes, "ok"), count(codes, "MEMBER_LIMIT")]).toEqual([4, 16]);
    expect(await countMembers(id)).toBe(3);
  });

  it("approvals, joining and a door that closes leave one membership and one event", async () => {
    const { id, own, prove, actions } = await desk.createOrganization();
    const { id: domainId, domain } = await prove(newDomainName(), "auto");
    const user = personAt(domain);
    await desk.tenancy.domains.requestToJoin({ user, organization: id });
    const acts = [
      () => own((tenant) => approveJoinRequest(tenant, { userId: user.id })),
      () => desk.tenancy.domains.join({ user, organization: id }),
      () => desk.tenancy.domains.requestToJoin({ user, organization: id }),
      () => own((tenant) => approveJoinRequest(tenant, { userId: user.id })),
      () => own((tenant) => setDomainMode(tenant, { id: domainId, mode: "off" })),
    ];
    const codes = await Promise.all(acts.map((_, index) => codeOf((acts[(index + round) % 5] ?? expect.fail())())));
    const expected = ["ok", "CONFLICT", "NOT_FOUND", "GONE"];
    expect(codes.filter((code) => !expected.includes(code))).toEqual([]);
    expect(await countMembers(id)).toBe(2);
    expect((await actions()).filter((action) => action === "member.added")).toHaveLength(1);
  });

  it("whoever is removed while they join again is out in the end or was never removed", async () => {
    const { id, own, prove, roleOf } = await desk.createOrganization();
    const { domain } = await prove(newDomainName(), "auto");
    const user = personAt(domain);
    await desk.tenancy.domains.join({ user, organization: id });
    const remove = () => own((tenant) => removeMember(tenant, { userId: user.id }));
    const join = () => desk.tenancy.domains.join({ user, organization: id });
    const codes = await Promise.all(
      (round % 2 === 0 ? [remove, join, join] : [join, remove, join]).map((act) => codeOf(act())),
    );
    expect(codes.filter((code) => code !== "ok" && code !== "FORBIDDEN")).toEqual([]);
    expect(await roleOf(user.id)).toBeUndefined();
  });
});
