import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { v7 as uuidv7 } from "uuid";
import {
  approveJoinRequest,
  declineJoinRequest,
  leave,
  listJoinRequests,
  removeDomain,
  removeMember,
  setDomainMode,
  suspendMember,
  suspendOrganization,
  type InvitedPerson,
} from "../../src/index.ts";
import { codeOf } from "../fixture/code-of.ts";
import {
  newDomainName,
  openDomainFixture,
  personAt,
  type DomainFixture,
  type DomainOrganization,
} from "./domain-fixture.ts";

let desk: DomainFixture;

beforeAll(async () => {
  desk = await openDomainFixture();
});

afterAll(() => desk[Symbol.asyncDispose]());

async function opened(mode: "off" | "ask" | "auto", memberLimit?: number) {
  const organization = await desk.createOrganization(memberLimit);
  const { id: domainId, domain } = await organization.prove(newDomainName(), mode);
  return { organization, domainId, domain };
}

function join(user: InvitedPerson, { id }: DomainOrganization) {
  return desk.tenancy.domains.join({ user, organization: id });
}

function ask(user: InvitedPerson, { id }: DomainOrganization) {
  return desk.tenancy.domains.requestToJoin({ user, organization: id });
}

describe("organizations to join", () => {
  it("are those that take people from the domain of the address, and say how", async () => {
    const { organization, domain } = await opened("auto");
    const found = await desk.tenancy.domains.findJoinable({ user: personAt(domain.toUpperCase()) });
    expect(found).toEqual([
      {
        organization: expect.objectContaining({ id: organization.id, slug: organization.slug }) as unknown,
        domain,
        way: "join",
        role: "member",
        request: "none",
      },
    ]);
  });

  it("are none for an address that is not verified, a domain of nobody's, one that is not proven and one that is off", async () => {
    const { domain } = await opened("auto");
    const { domain: off } = await opened("off");
    const people = [
      personAt(domain, { emailVerified: false }),
      personAt(domain, { emailVerified: "yes" as unknown as boolean }),
      personAt(`mail.${domain}`),
      personAt(`x${domain}`),
      personAt("nobody.example"),
      personAt(off),
      personAt(domain, { email: `a@${domain}@elsewhere.example` }),
      personAt(domain, { email: `a@elsewhere.example\n@${domain}` }),
      personAt(domain, { email: domain }),
      personAt(domain, { email: `%@${domain.replace("example", "%")}` }),
    ];
    const answers = await Promise.all(people.map((user) => desk.tenancy.domains.findJoinable({ user })));
    expect(answers).toEqual(people.map(() => []));
  });

  it("are none after the domain was removed, has lapsed, or with a suspended organization", async () => {
    const [removed, lapsed, suspended] = [await opened("auto"), await opened("auto"), await opened("auto")];
    await removed.organization.own((tenant) => removeDomain(tenant, { id: removed.domainId }));
    await desk.fixture.admin.query("update rowhouse.domains set status = 'lapsed' where id = $1", [lapsed.domainId]);
    const organizationId = suspended.organization.id;
    await desk.tenancy.operate({ operator: "test", reason: "unpaid" }, (operator) =>
      suspendOrganization(operator, { organizationId, reason: "unpaid" }),
    );
    for (const { organization, domain } of [removed, lapsed, suspended]) {
      const user = personAt(domain);
      expect(await desk.tenancy.domains.findJoinable({ user })).toEqual([]);
      expect(await codeOf(join(user, organization))).toBe("NOT_FOUND");
      expect(await codeOf(ask(user, organization))).toBe("NOT_FOUND");
    }
  });

  it("need a session that knows the person", async () => {
    const user = personAt("example.com", { id: "" });
    expect(await codeOf(desk.tenancy.domains.findJoinable({ user }))).toBe("UNAUTHENTICATED");
  });
});

describe("joining by a domain", () => {
  it("makes a member once, with the domain's role, and leaves an event", async () => {
    const { organization, domain, domainId } = await opened("auto");
    await organization.own((tenant) => setDomainMode(tenant, { id: domainId, mode: "auto", joinRole: "viewer" }));
    const user = personAt(domain);
    expect(await join(user, organization)).toMatchObject({ role: "viewer", organization: { id: organization.id } });
    expect(await join(user, organization)).toMatchObject({ role: "viewer" });
    expect((await organization.actions()).filter((action) => action === "member.added")).toHaveLength(1);
    expect(await desk.tenancy.domains.findJoinable({ user })).toEqual([]);
    const organizations = await desk.tenancy.listOrganizations(user.id);
    expect(organizations.map(({ organization: { id } }) => id)).toEqual([organization.id]);
  });

  it("never changes the role of a member", async () => {
    const { organization, domain } = await opened("auto");
    expect(await join(personAt(domain, { id: organization.ownerId }), organization)).toMatchObject({ role: "owner" });
    expect(await organization.roleOf(organization.ownerId)).toBe("owner");
  });

  it("gives one answer for an unverified address, another domain, an unknown and a foreign organization", async () => {
    const [one, two] = [await opened("auto"), await opened("auto")];
    const attempts: readonly [InvitedPerson, string][] = [
      [personAt(one.domain, { emailVerified: false }), one.organization.id],
      [personAt("nobody.example"), one.organization.id],
      [personAt(two.domain), one.organization.id],
      [personAt(one.domain), uuidv7()],
      [personAt(one.domain), ""],
    ];
    const messages = await Promise.all(
      attempts.map(([user, organization]) =>
        desk.tenancy.domains.join({ user, organization }).catch((error: unknown) => String(error)),
      ),
    );
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).toMatch(/takes you by your address/);
    expect(await one.organization.actions()).not.toContain("member.added");
  });

  it("is refused where somebody decides", async () => {
    const { organization, domain } = await opened("ask");
    const user = personAt(domain);
    expect(await codeOf(join(user, organization))).toBe("FORBIDDEN");
    expect(await organization.roleOf(user.id)).toBeUndefined();
  });

  it("takes a seat", async () => {
    const { organization, domain } = await opened("auto", 2);
    expect(await codeOf(join(personAt(domain), organization))).toBe("ok");
    expect(await codeOf(join(personAt(domain), organization))).toBe("MEMBER_LIMIT");
  });

  it("does not let a suspended member back in, by no way", async () => {
    const { organization, domain } = await opened("auto");
    const user = personAt(domain);
    await join(user, organization);
    await organization.own((tenant) => suspendMember(tenant, { userId: user.id }));
    expect(await desk.tenancy.domains.findJoinable({ user })).toEqual([]);
    expect(await codeOf(join(user, organization))).toBe("NOT_FOUND");
    expect(await codeOf(ask(user, organization))).toBe("NOT_FOUND");
  });

  it.each(["removed", "left"])("lets nobody back in unasked who was a member and %s", async (how) => {
    const { organization, domain } = await opened("auto");
    const user = personAt(domain);
    await join(user, organization);
    if (how === "left") await organization.as(user.id, (tenant) => leave(tenant));
    else await organization.own((tenant) => removeMember(tenant, { userId: user.id }));
    expect(await desk.tenancy.domains.findJoinable({ user })).toMatchObject([{ way: "ask" }]);
    expect(await codeOf(join(user, organization))).toBe("FORBIDDEN");
    await ask(user, organization);
    await organization.own((tenant) => approveJoinRequest(tenant, { userId: user.id }));
    expect(await organization.roleOf(user.id)).toBe("member");
  });

  it("does not keep an organization from being deleted with its members", async () => {
    const { organization, domain } = await opened("auto");
    await join(personAt(domain), organization);
    await desk.fixture.admin.query("delete from rowhouse.organizations where id = $1", [organization.id]);
    const { rows } = await desk.fixture.admin.query("select from rowhouse.former_members where organization_id = $1", [
      organization.id,
    ]);
    expect(rows).toEqual([]);
  });
});

describe("a request to join", () => {
  it("is listed, approved and makes a member", async () => {
    const { organization, domain } = await opened("ask");
    const user = personAt(domain);
    expect(await ask(user, organization)).toMatchObject({ request: "open", organization: { id: organization.id } });
    await ask(user, organization);
    expect(await desk.tenancy.domains.findJoinable({ user })).toMatchObject([{ way: "ask", request: "open" }]);
    const { items } = await organization.own((tenant) => listJoinRequests(tenant));
    expect(items).toMatchObject([{ userId: user.id, email: user.email, name: "Petra Person", status: "open" }]);
    const approve = () => organization.own((tenant) => approveJoinRequest(tenant, { userId: user.id, role: "admin" }));
    expect(await approve()).toMatchObject({ status: "approved" });
    expect(await approve()).toMatchObject({ status: "approved" });
    expect(await organization.roleOf(user.id)).toBe("admin");
    expect((await organization.actions()).slice(-3)).toEqual([
      "join-request.created",
      "member.added",
      "join-request.approved",
    ]);
    expect((await organization.own((tenant) => listJoinRequests(tenant))).items).toEqual([]);
    expect(await codeOf(ask(user, organization))).toBe("CONFLICT");
  });

  it("that was declined can be made again after a week", async () => {
    const { organization, domain } = await opened("ask");
    const user = personAt(domain);
    await ask(user, organization);
    const decline = () => organization.own((tenant) => declineJoinRequest(tenant, { userId: user.id }));
    await decline();
    expect(await decline()).toMatchObject({ status: "declined" });
    expect(await codeOf(organization.own((tenant) => approveJoinRequest(tenant, { userId: user.id })))).toBe("GONE");
    expect(await desk.tenancy.domains.findJoinable({ user })).toMatchObject([{ request: "declined" }]);
    expect(await codeOf(ask(user, organization))).toBe("CONFLICT");
    await desk.fixture.admin.query(
      "update rowhouse.join_requests set decided_at = now() - interval '8 days' where user_id = $1",
      [user.id],
    );
    expect(await codeOf(ask(user, organization))).toBe("ok");
    expect((await organization.own((tenant) => listJoinRequests(tenant))).items).toHaveLength(1);
  });

  it("that was declined is not undone by a door that opens later", async () => {
    const { organization, domain, domainId } = await opened("ask");
    const user = personAt(domain);
    await ask(user, organization);
    await organization.own((tenant) => declineJoinRequest(tenant, { userId: user.id }));
    await organization.own((tenant) => setDomainMode(tenant, { id: domainId, mode: "auto" }));
    expect(await codeOf(join(user, organization))).toBe("FORBIDDEN");
  });

  it("that is open closes when the person joins by a door that opened", async () => {
    const { organization, domain, domainId } = await opened("ask");
    const user = personAt(domain);
    await ask(user, organization);
    await organization.own((tenant) => setDomainMode(tenant, { id: domainId, mode: "auto" }));
    expect(await join(user, organization)).toMatchObject({ role: "member" });
    expect(await codeOf(organization.own((tenant) => declineJoinRequest(tenant, { userId: user.id })))).toBe("GONE");
  });

  it("is decided by who may change members, within their own role", async () => {
    const { organization, domain } = await opened("ask");
    const user = personAt(domain);
    await ask(user, organization);
    const [member, viewer] = [await organization.put("member"), await organization.put("viewer")];
    const input = { userId: user.id };
    expect(await codeOf(organization.as(member, (tenant) => listJoinRequests(tenant)))).toBe("FORBIDDEN");
    expect(await codeOf(organization.as(member, (tenant) => approveJoinRequest(tenant, input)))).toBe("FORBIDDEN");
    expect(await codeOf(organization.as(member, (tenant) => declineJoinRequest(tenant, input)))).toBe("FORBIDDEN");
    expect(await codeOf(organization.as(viewer, (tenant) => approveJoinRequest(tenant, input)))).toBe("FORBIDDEN");
    const above = { ...input, role: "owner" as const };
    const admin = await organization.put("admin");
    expect(await codeOf(organization.as(admin, (tenant) => approveJoinRequest(tenant, above)))).toBe("FORBIDDEN");
    expect(await organization.roleOf(user.id)).toBeUndefined();
  });

  it("needs a seat when it is approved, and stays open without one", async () => {
    const { organization, domain } = await opened("ask", 1);
    const user = personAt(domain);
    await ask(user, organization);
    const approve = organization.own((tenant) => approveJoinRequest(tenant, { userId: user.id }));
    expect(await codeOf(approve)).toBe("MEMBER_LIMIT");
    expect((await organization.own((tenant) => listJoinRequests(tenant))).items).toHaveLength(1);
  });

  it("of another organization, of nobody and malformed ones are NOT_FOUND", async () => {
    const [one, two] = [await opened("ask"), await opened("ask")];
    const user = personAt(one.domain);
    await ask(user, one.organization);
    for (const userId of [user.id, uuidv7(), "x"]) {
      expect(await codeOf(two.organization.own((tenant) => approveJoinRequest(tenant, { userId })))).toBe("NOT_FOUND");
      expect(await codeOf(two.organization.own((tenant) => declineJoinRequest(tenant, { userId })))).toBe("NOT_FOUND");
    }
    expect((await two.organization.own((tenant) => listJoinRequests(tenant))).items).toEqual([]);
  });

  it("is paged and searched", async () => {
    const { organization, domain } = await opened("ask");
    const people = ["Ada", "Zoë Quux", "Cleo"].map((name) => personAt(domain, { name }));
    for (const user of people) await ask(user, organization);
    const names = async (input: Parameters<typeof listJoinRequests>[1]) => {
      const page = await organization.own((tenant) => listJoinRequests(tenant, input));
      return { next: page.next, names: page.items.map(({ name }) => name) };
    };
    const first = await names({ limit: 2 });
    expect(first.names).toEqual(["Ada", "Zoë Quux"]);
    expect((await names({ limit: 2, after: first.next ?? "" })).names).toEqual(["Cleo"]);
    expect((await names({ search: "ë qUU" })).names).toEqual(["Zoë Quux"]);
  });
});
