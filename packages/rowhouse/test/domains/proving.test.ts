import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { v7 as uuidv7 } from "uuid";
import {
  addDomain,
  confirmDomainMail,
  getDomain,
  listDomains,
  removeDomain,
  requestDomainMail,
  setDomainMode,
  verifyDomain,
} from "../../src/index.ts";
import { codeOf } from "../fixture/code-of.ts";
import { newDomainName, openDomainFixture, type DomainFixture } from "./domain-fixture.ts";

let desk: DomainFixture;

beforeAll(async () => {
  desk = await openDomainFixture();
});

afterAll(() => desk[Symbol.asyncDispose]());

describe("adding a domain", () => {
  it("shows the record to set, and means nothing yet", async () => {
    const { own } = await desk.createOrganization();
    const name = newDomainName();
    const domain = await own((tenant) => addDomain(tenant, { domain: ` ${name.toUpperCase()}.` }));
    expect(domain).toMatchObject({ domain: name, status: "pending", mode: "off", method: null, joinRole: "member" });
    expect(domain.record.name).toBe(`_rowhouse.${name}`);
    expect(domain.record.value).toMatch(/^rowhouse-domain=[\w-]{32}$/);
  });

  it("twice is a CONFLICT, in another organization it is not", async () => {
    const [one, two] = [await desk.createOrganization(), await desk.createOrganization()];
    const domain = newDomainName();
    await one.own((tenant) => addDomain(tenant, { domain }));
    expect(await codeOf(one.own((tenant) => addDomain(tenant, { domain })))).toBe("CONFLICT");
    expect(await codeOf(two.own((tenant) => addDomain(tenant, { domain })))).toBe("ok");
  });

  it("ends at twenty", async () => {
    const { own } = await desk.createOrganization();
    for (let index = 0; index < 20; index += 1) await own((tenant) => addDomain(tenant, { domain: newDomainName() }));
    expect(await codeOf(own((tenant) => addDomain(tenant, { domain: newDomainName() })))).toBe("CONFLICT");
  });

  it("is refused in a personal workspace", async () => {
    const user = uuidv7();
    const { id } = await desk.tenancy.createOrganization({ name: "Mine", user, isPersonal: true });
    const add = desk.tenancy.enter({ organization: id, user }, (tenant) =>
      addDomain(tenant, { domain: newDomainName() }),
    );
    expect(await codeOf(add)).toBe("FORBIDDEN");
  });
});

describe("a proof by DNS", () => {
  it("verifies with the record and with no other", async () => {
    const { own, actions } = await desk.createOrganization();
    const { id, record } = await own((tenant) => addDomain(tenant, { domain: newDomainName() }));
    const check = () => own((tenant) => verifyDomain(tenant, { id, resolveTxt: desk.resolveTxt }));
    expect(await check()).toMatchObject({ outcome: "missing", found: [], domain: { status: "pending" } });
    desk.zone.set(record.name, ["v=spf1 -all", `${record.value}x`]);
    expect(await check()).toMatchObject({ outcome: "missing", found: ["v=spf1 -all", `${record.value}x`] });
    desk.zone.set(record.name, ["v=spf1 -all", ` ${record.value} `]);
    const { outcome, domain } = await check();
    expect([outcome, domain.status, domain.method, domain.failingSince]).toEqual(["verified", "verified", "dns", null]);
    expect(domain.verifiedAt).toBeInstanceOf(Date);
    await check();
    expect(await actions()).toEqual(["domain.added", "domain.verified"]);
  });

  it("that could not be looked for changes nothing", async () => {
    const { own } = await desk.createOrganization();
    const { id, record } = await own((tenant) => addDomain(tenant, { domain: newDomainName() }));
    desk.zone.set(record.name, new Error("SERVFAIL"));
    const answer = await own((tenant) => verifyDomain(tenant, { id, resolveTxt: desk.resolveTxt }));
    expect(answer).toMatchObject({ outcome: "unreachable", domain: { status: "pending", checkedAt: null } });
  });

  it("of one organization proves nothing for another with the same domain", async () => {
    const [one, two] = [await desk.createOrganization(), await desk.createOrganization()];
    const domain = newDomainName();
    await one.own((tenant) => addDomain(tenant, { domain }));
    const { record } = await one.own(async (tenant) => (await listDomains(tenant)).items[0] ?? expect.fail());
    desk.zone.set(record.name, [record.value]);
    const answer = await two.own(async (tenant) => {
      const { id } = await addDomain(tenant, { domain });
      return verifyDomain(tenant, { id, resolveTxt: desk.resolveTxt });
    });
    expect(answer.outcome).toBe("missing");
  });

  it("tells that another organization has the domain only with the proof, and gives it over when that one lets go", async () => {
    const [one, two] = [await desk.createOrganization(), await desk.createOrganization()];
    const domain = newDomainName();
    const { id: first } = await one.prove(domain);
    const { id, record } = await two.own((tenant) => addDomain(tenant, { domain }));
    const check = () => two.own((tenant) => verifyDomain(tenant, { id, resolveTxt: desk.resolveTxt }));
    const { outcome, found } = await check();
    expect([outcome, found.length]).toEqual(["missing", 1]);
    desk.zone.set(record.name, [record.value]);
    expect(await codeOf(check())).toBe("CONFLICT");
    expect(await two.own((tenant) => getDomain(tenant, { id }))).toMatchObject({ status: "pending" });
    await one.own((tenant) => removeDomain(tenant, { id: first }));
    expect((await check()).outcome).toBe("verified");
  });
});

describe("a proof by mail", () => {
  async function requested() {
    const organization = await desk.createOrganization();
    const { id, domain } = await organization.own((tenant) => addDomain(tenant, { domain: newDomainName() }));
    const request = () => organization.own((tenant) => requestDomainMail(tenant, { id, mailbox: "postmaster" }));
    return { ...organization, id, domain, request, mail: await request() };
  }

  it("verifies with the token from the mailbox, once", async () => {
    const { own, id, domain, mail, actions } = await requested();
    expect(mail).toMatchObject({ address: `postmaster@${domain}`, domain });
    expect(mail.expiresAt.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000);
    const confirm = () => own((tenant) => confirmDomainMail(tenant, { token: mail.token }));
    expect(await confirm()).toMatchObject({ id, status: "verified", method: "email", mail: null });
    expect(await codeOf(confirm())).toBe("NOT_FOUND");
    expect(await actions()).toEqual(["domain.added", "domain.mail-requested", "domain.verified"]);
  });

  it("ends with a newer one, after a day, and is no other organization's", async () => {
    const { own, id, mail, request } = await requested();
    const stranger = await desk.createOrganization();
    expect(await codeOf(stranger.own((tenant) => confirmDomainMail(tenant, mail)))).toBe("NOT_FOUND");
    const newer = await request();
    expect(await codeOf(own((tenant) => confirmDomainMail(tenant, mail)))).toBe("NOT_FOUND");
    await desk.fixture.admin.query("update rowhouse.domains set mail_expires_at = now() where id = $1", [id]);
    expect(await codeOf(own((tenant) => confirmDomainMail(tenant, newer)))).toBe("GONE");
  });

  it.each(["", "x", "a".repeat(43), "\0".repeat(43)])("is not found for the token %j", async (token) => {
    const { own } = await requested();
    expect(await codeOf(own((tenant) => confirmDomainMail(tenant, { token })))).toBe("NOT_FOUND");
  });

  it("keeps the token nowhere in clear, neither in its row nor in the log", async () => {
    const { mail, id } = await requested();
    const texts = [
      "select to_jsonb(d)::text as text from rowhouse.domains d where id = $1",
      "select to_jsonb(e)::text as text from rowhouse.audit_events e where target_id = $1::text",
    ];
    for (const text of texts) {
      const { rows } = await desk.fixture.admin.query<{ text: string }>(text, [id]);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row.text).not.toContain(mail.token);
    }
  });

  it("goes to mailboxes of whoever runs the domain and to no other", async () => {
    const { own, id } = await requested();
    const mailbox = "ceo" as "admin";
    expect(await codeOf(own((tenant) => requestDomainMail(tenant, { id, mailbox })))).toBe("INVALID_INPUT");
  });

  it("is asked for ten times a day, however often the domain is removed and added", async () => {
    const { own, id, request } = await requested();
    for (let sent = 1; sent < 9; sent += 1) await request();
    await own((tenant) => removeDomain(tenant, { id }));
    const again = await own((tenant) => addDomain(tenant, { domain: newDomainName() }));
    const ask = () => own((tenant) => requestDomainMail(tenant, { id: again.id, mailbox: "admin" }));
    expect(await codeOf(ask())).toBe("ok");
    expect(await codeOf(ask())).toBe("TOO_MANY_REQUESTS");
  });
});

describe("the mode", () => {
  it("opens only for a verified domain", async () => {
    const { own } = await desk.createOrganization();
    const { id } = await own((tenant) => addDomain(tenant, { domain: newDomainName() }));
    for (const mode of ["ask", "auto"] as const)
      expect(await codeOf(own((tenant) => setDomainMode(tenant, { id, mode })))).toBe("CONFLICT");
  });

  it("and the role change with an event, and without one when they stay", async () => {
    const organization = await desk.createOrganization();
    const { id } = await organization.prove(newDomainName());
    const change = { id, mode: "auto", joinRole: "viewer" } as const;
    expect(await organization.own((tenant) => setDomainMode(tenant, change))).toMatchObject(change);
    await organization.own((tenant) => setDomainMode(tenant, change));
    expect((await organization.actions()).filter((action) => action === "domain.mode-changed")).toHaveLength(1);
  });

  it("gives no role above that of who sets it", async () => {
    const organization = await desk.createOrganization();
    const { id } = await organization.prove(newDomainName());
    const viewer = await organization.put("viewer");
    const set = (joinRole: "member" | "viewer") =>
      organization.as(viewer, (tenant) => setDomainMode(tenant, { id, mode: "auto", joinRole }));
    expect(await codeOf(set("member"))).toBe("FORBIDDEN");
    expect(await codeOf(set("viewer"))).toBe("ok");
  });

  it.each([{ mode: "open" as "auto" }, { mode: "auto" as const, joinRole: "admin" as "member" }])(
    "%j is INVALID_INPUT",
    async (change) => {
      const organization = await desk.createOrganization();
      const { id } = await organization.prove(newDomainName());
      expect(await codeOf(organization.own((tenant) => setDomainMode(tenant, { id, ...change })))).toBe(
        "INVALID_INPUT",
      );
    },
  );
});

describe("domains", () => {
  it("are listed by name, searched and paged", async () => {
    const { own } = await desk.createOrganization();
    for (const domain of ["c.example", "a.example", "b.example", "100-percent.example"])
      await own((tenant) => addDomain(tenant, { domain }));
    const names = async (input: Parameters<typeof listDomains>[1]) =>
      (await own((tenant) => listDomains(tenant, input))).items.map(({ domain }) => domain);
    expect(await names({})).toEqual(["100-percent.example", "a.example", "b.example", "c.example"]);
    expect(await names({ search: "%" })).toEqual([]);
    expect(await names({ search: "B.EX" })).toEqual(["b.example"]);
    const { next } = await own((tenant) => listDomains(tenant, { limit: 2 }));
    expect(await names({ after: next ?? "", limit: 2 })).toEqual(["b.example", "c.example"]);
  });

  it("of another organization, unknown ones and malformed ids are NOT_FOUND", async () => {
    const [one, two] = [await desk.createOrganization(), await desk.createOrganization()];
    const { id } = await one.prove(newDomainName());
    for (const foreign of [id, uuidv7(), "x", ""]) {
      const input = { id: foreign };
      expect(await codeOf(two.own((tenant) => getDomain(tenant, input)))).toBe("NOT_FOUND");
      expect(await codeOf(two.own((tenant) => removeDomain(tenant, input)))).toBe("NOT_FOUND");
      expect(await codeOf(two.own((tenant) => verifyDomain(tenant, input)))).toBe("NOT_FOUND");
      expect(await codeOf(two.own((tenant) => setDomainMode(tenant, { ...input, mode: "auto" })))).toBe("NOT_FOUND");
      expect(await codeOf(two.own((tenant) => requestDomainMail(tenant, { ...input, mailbox: "admin" })))).toBe(
        "NOT_FOUND",
      );
    }
  });

  it("are changed by who may update them and by nobody else", async () => {
    const organization = await desk.createOrganization();
    const { id } = await organization.prove(newDomainName());
    const member = await organization.put("member");
    const attempts = [
      organization.as(member, (tenant) => addDomain(tenant, { domain: newDomainName() })),
      organization.as(member, (tenant) => verifyDomain(tenant, { id, resolveTxt: desk.resolveTxt })),
      organization.as(member, (tenant) => requestDomainMail(tenant, { id, mailbox: "admin" })),
      organization.as(member, (tenant) => confirmDomainMail(tenant, { token: "a".repeat(43) })),
      organization.as(member, (tenant) => setDomainMode(tenant, { id, mode: "auto" })),
      organization.as(member, (tenant) => removeDomain(tenant, { id })),
    ];
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => "FORBIDDEN"));
    expect(await codeOf(organization.as(member, (tenant) => listDomains(tenant)))).toBe("ok");
  });
});
