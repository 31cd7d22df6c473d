import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  confirmDomainMail,
  addDomain,
  getDomain,
  requestDomainMail,
  verifyDomain,
  verifyAuditChain,
} from "../../src/index.ts";
import { newDomainName, openDomainFixture, personAt, type DomainFixture } from "./domain-fixture.ts";

let desk: DomainFixture;

beforeAll(async () => {
  desk = await openDomainFixture();
});

afterAll(() => desk[Symbol.asyncDispose]());

async function passTime(id: string, interval: string): Promise<void> {
  const text = `update rowhouse.domains set checked_at = checked_at - $2::interval, verified_at = verified_at - $2::interval,
    failing_since = failing_since - $2::interval where id = $1`;
  await desk.fixture.admin.query(text, [id, interval]);
}

function reverify(limit?: number) {
  return desk.tenancy.domains.reverify({
    operator: "nightly",
    reason: "nightly check",
    resolveTxt: desk.resolveTxt,
    limit,
  });
}

async function proven() {
  const organization = await desk.createOrganization();
  const { id, domain, record } = await organization.prove(newDomainName(), "auto");
  const status = async () => {
    const { status: now, failingSince } = await organization.own((tenant) => getDomain(tenant, { id }));
    return [now, failingSince === null ? "well" : "failing"];
  };
  return { organization, id, domain, record, status };
}

describe("the nightly check", () => {
  it("looks at each verified domain once a night", async () => {
    const { id, status } = await proven();
    expect((await reverify()).checked).toBe(0);
    await passTime(id, "1 day");
    expect(await reverify()).toEqual({ checked: 1, unreachable: 0, missing: [], lapsed: [] });
    expect((await reverify()).checked).toBe(0);
    expect(await status()).toEqual(["verified", "well"]);
  });

  it("gives a missing proof seven days, then closes the door, with an event for each", async () => {
    const { organization, id, domain, record, status } = await proven();
    desk.zone.delete(record.name);
    await passTime(id, "1 day");
    const own = { organizationId: organization.id, domain };
    expect(await reverify()).toMatchObject({ missing: [own], lapsed: [] });
    expect(await status()).toEqual(["verified", "failing"]);
    await passTime(id, "6 days");
    expect(await reverify()).toMatchObject({ checked: 1, missing: [], lapsed: [] });
    expect(await desk.tenancy.domains.findJoinable({ user: personAt(domain) })).toHaveLength(1);
    await passTime(id, "2 days");
    expect(await reverify()).toMatchObject({ missing: [], lapsed: [own] });
    expect(await status()).toEqual(["lapsed", "failing"]);
    expect(await desk.tenancy.domains.findJoinable({ user: personAt(domain) })).toEqual([]);
    expect((await organization.actions()).slice(-2)).toEqual(["domain.proof-missing", "domain.lapsed"]);
    expect(await organization.own((tenant) => verifyAuditChain(tenant))).toMatchObject({ ok: true });
  });

  it("forgives a proof that comes back, and a lapsed domain is proven anew", async () => {
    const { organization, id, record, status } = await proven();
    desk.zone.delete(record.name);
    await passTime(id, "1 day");
    await reverify();
    desk.zone.set(record.name, [record.value]);
    await passTime(id, "1 day");
    await reverify();
    expect(await status()).toEqual(["verified", "well"]);
    await desk.fixture.admin.query("update rowhouse.domains set status = 'lapsed' where id = $1", [id]);
    await organization.own((tenant) => verifyDomain(tenant, { id, resolveTxt: desk.resolveTxt }));
    expect(await status()).toEqual(["verified", "well"]);
  });

  it("takes silence of the name servers for no evidence, however long", async () => {
    const { id, record, status } = await proven();
    desk.zone.set(record.name, new Error("SERVFAIL"));
    for (let night = 0; night < 10; night += 1) {
      await passTime(id, "1 day");
      expect(await reverify()).toEqual({ checked: 1, unreachable: 1, missing: [], lapsed: [] });
    }
    expect(await status()).toEqual(["verified", "well"]);
  });

  it("lets a proof by mail hold for a year, without asking DNS", async () => {
    const organization = await desk.createOrganization();
    const { id } = await organization.own((tenant) => addDomain(tenant, { domain: newDomainName() }));
    const { token } = await organization.own((tenant) => requestDomainMail(tenant, { id, mailbox: "admin" }));
    await organization.own((tenant) => confirmDomainMail(tenant, { token }));
    await passTime(id, "350 days");
    expect(await reverify()).toMatchObject({ checked: 1, missing: [], lapsed: [] });
    await passTime(id, "9 days");
    expect((await reverify()).missing).toHaveLength(1);
    await passTime(id, "8 days");
    expect((await reverify()).lapsed).toHaveLength(1);
  });

  it("goes through many in portions, and two at once do each once", async () => {
    const domains = await Promise.all(Array.from({ length: 12 }, proven));
    for (const { id, record } of domains) {
      desk.zone.delete(record.name);
      await passTime(id, "1 day");
    }
    const reports = await Promise.all([reverify(), reverify()]);
    expect(reports.flatMap(({ missing }) => missing)).toHaveLength(12);
    for (const { organization } of domains)
      expect((await organization.actions()).filter((action) => action === "domain.proof-missing")).toHaveLength(1);
    for (const { id } of domains) await passTime(id, "1 day");
    const portions = [await reverify(5), await reverify(5), await reverify(5), await reverify(5)];
    expect(portions.map(({ checked }) => checked)).toEqual([5, 5, 2, 0]);
  });
});
