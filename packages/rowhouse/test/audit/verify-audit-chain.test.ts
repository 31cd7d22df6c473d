import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isRowhouseError, verifyAuditChain, type AuditVerification, type VerifyOptions } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";
import type { FixtureTenancy } from "../fixture/two-organizations.ts";
import { openAuditedOrganization, type AuditedOrganization } from "./audited-organization.ts";

let fixture: Fixture;
let tenancy: FixtureTenancy;
let acme: AuditedOrganization;
let count = 0;

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open();
});

afterAll(() => fixture[Symbol.asyncDispose]());

/** What somebody with every right does to the tables; `$1` is the organization. */
async function tamper(text: string): Promise<void> {
  await fixture.admin.query(text, [acme.id]);
}

function verify(options?: VerifyOptions): Promise<AuditVerification> {
  return tenancy.enter({ organization: acme.slug, user: acme.ownerId }, (tenant) => verifyAuditChain(tenant, options));
}

const event = "rowhouse.audit_events where organization_id = $1 and sequence";
const edit =
  'update rowhouse.audit_events set after = \'{"name": "Forged"}\' where organization_id = $1 and sequence =';
/** What an attacker does who knows how the chain is made: every hash from a place on, and the head. */
const rewriteFrom = (place: number): string => `
  do $$
  declare event rowhouse.audit_events; last bytea;
  begin
    for event in select * from rowhouse.audit_events where organization_id = 'ID' and sequence >= ${place} order by sequence loop
      select hash into last from rowhouse.audit_events where organization_id = 'ID' and sequence = event.sequence - 1;
      event.previous_hash := coalesce(last, '');
      update rowhouse.audit_events set previous_hash = event.previous_hash, hash = rowhouse.audit_hash(event)
        where organization_id = 'ID' and sequence = event.sequence;
    end loop;
    update rowhouse.audit_heads h set hash = e.hash from rowhouse.audit_events e
      where h.organization_id = 'ID' and e.organization_id = 'ID' and e.sequence = h.sequence;
  end $$`;

describe.each(["database", "process"] as const)("hashed by the %s", (hashedBy) => {
  beforeEach(async () => {
    count += 1;
    acme = await openAuditedOrganization({ fixture, tenancy }, `Acme ${count}`, 7);
  });

  // Pages of three events, so that what is broken also lies at the edges of pages.
  const options = { hashedBy, pageSize: 3 };

  it("an untouched chain is whole and gives its head", async () => {
    const { rows } = await fixture.admin.query<{ head: string }>(
      "select encode(hash, 'hex') as head from rowhouse.audit_heads where organization_id = $1",
      [acme.id],
    );
    expect(await verify(options)).toEqual({ ok: true, events: 7, head: rows[0]?.head });
    expect(await verify({ hashedBy })).toEqual({ ok: true, events: 7, head: rows[0]?.head });
  });

  it("values that are hard to write down do not break a chain", async () => {
    const nasty = {
      text: '"\\/\b\f\n\r\t\u001f\u007f\u2028é😀',
      n: 12345678901234567890n,
      x: 1e21,
      deep: { b: [1.5, null, true], a: "" },
    };
    await tenancy.enter(
      { organization: acme.slug, user: acme.ownerId, origin: { userAgent: '\u0001"\\\u2029ü', ip: "::1" } },
      (tenant) =>
        tenant.transaction(async (within) =>
          within.record({
            action: "project.renamed",
            target: { kind: "project", id: '\t"' },
            before: {},
            after: nasty,
            reason: "",
          }),
        ),
    );
    expect(await verify(options)).toMatchObject({ ok: true, events: 8 });
  });

  const cases: readonly { title: string; texts: readonly string[]; found: AuditVerification }[] = [
    { title: "an edited event", texts: [`${edit} 4`], found: { ok: false, sequence: 4, problem: "edited" } },
    { title: "the edited last event", texts: [`${edit} 7`], found: { ok: false, sequence: 7, problem: "edited" } },
    {
      title: "an event with another time",
      texts: [
        "update rowhouse.audit_events set occurred_at = occurred_at + interval '1 microsecond' where organization_id = $1 and sequence = 5",
      ],
      found: { ok: false, sequence: 5, problem: "edited" },
    },
    {
      title: "an event with another hash",
      texts: ["update rowhouse.audit_events set hash = sha256('x') where organization_id = $1 and sequence = 3"],
      found: { ok: false, sequence: 3, problem: "edited" },
    },
    {
      title: "an edited event whose own hash was made anew",
      texts: [
        `${edit} 4`,
        "update rowhouse.audit_events e set hash = rowhouse.audit_hash(e) where organization_id = $1 and sequence = 4",
      ],
      found: { ok: false, sequence: 4, problem: "edited" },
    },
    {
      title: "an event removed in the middle",
      texts: [`delete from ${event} = 4`],
      found: { ok: false, sequence: 4, problem: "missing" },
    },
    {
      title: "the removed first event",
      texts: [`delete from ${event} = 1`],
      found: { ok: false, sequence: 1, problem: "missing" },
    },
    {
      title: "the removed last event",
      texts: [`delete from ${event} = 7`],
      found: { ok: false, sequence: 7, problem: "missing" },
    },
    {
      title: "the removed end",
      texts: [`delete from ${event} > 2`],
      found: { ok: false, sequence: 3, problem: "missing" },
    },
    {
      title: "swapped events",
      // By way of places that are free: a place is a primary key.
      texts: [
        "update rowhouse.audit_events set sequence = 107 - sequence where organization_id = $1 and sequence in (3, 4)",
        "update rowhouse.audit_events set sequence = sequence - 100 where organization_id = $1 and sequence > 100",
      ],
      found: { ok: false, sequence: 3, problem: "reordered" },
    },
    {
      title: "a head with another hash",
      texts: ["update rowhouse.audit_heads set hash = sha256('x') where organization_id = $1"],
      found: { ok: false, sequence: 7, problem: "head-mismatch" },
    },
    {
      title: "a head set back",
      texts: [
        "update rowhouse.audit_heads set sequence = 5, hash = (select hash from rowhouse.audit_events e where e.organization_id = $1 and e.sequence = 5) where organization_id = $1",
      ],
      found: { ok: false, sequence: 7, problem: "head-mismatch" },
    },
    {
      title: "a removed head",
      texts: ["delete from rowhouse.audit_heads where organization_id = $1"],
      found: { ok: false, sequence: 7, problem: "head-mismatch" },
    },
    {
      title: "a removed beginning that is passed off as retention",
      texts: [
        "update rowhouse.audit_heads set pruned_sequence = 3, pruned_hash = (select hash from rowhouse.audit_events e where e.organization_id = $1 and e.sequence = 3) where organization_id = $1",
        `delete from ${event} <= 3`,
      ],
      found: { ok: false, sequence: 3, problem: "head-mismatch" },
    },
  ];

  it.each(cases)("$title is found", async ({ texts, found }) => {
    for (const text of texts) await tamper(text);
    expect(await verify(options)).toEqual(found);
  });

  it("an end that was written anew, hashes and head, is found by a head kept elsewhere and by nothing else", async () => {
    const before = await verify(options);
    const head = before.ok ? before.head : "";
    await tamper(`${edit} 4`);
    await fixture.admin.query(rewriteFrom(4).replaceAll("ID", acme.id));
    expect(await verify(options)).toMatchObject({ ok: true, events: 7 });
    expect(await verify({ ...options, expect: head })).toEqual({ ok: false, sequence: 7, problem: "head-mismatch" });
  });

  it("a head kept elsewhere still fits after the chain has grown", async () => {
    const before = await verify(options);
    const head = before.ok ? before.head : "";
    await tenancy.enter({ organization: acme.slug, user: acme.ownerId }, (tenant) =>
      tenant.transaction(async (within) =>
        within.record({ action: "project.viewed", target: { kind: "project", id: "1" } }),
      ),
    );
    expect(await verify({ ...options, expect: head.toUpperCase() })).toMatchObject({ ok: true, events: 8 });
  });
});

it("a replaced hash function deceives the database and not this process", async () => {
  acme = await openAuditedOrganization({ fixture, tenancy }, "Deceived", 4);
  const { rows } = await fixture.admin.query<{ text: string }>(
    "select pg_get_functiondef('rowhouse.audit_hash'::regproc) as text",
  );
  await tamper(`${edit} 3`);
  await fixture.admin.query(
    "create or replace function rowhouse.audit_hash(event rowhouse.audit_events) returns bytea language sql stable parallel safe return event.hash",
  );
  try {
    expect(await verify()).toMatchObject({ ok: true });
    expect(await verify({ hashedBy: "process" })).toEqual({ ok: false, sequence: 3, problem: "edited" });
  } finally {
    await fixture.admin.query(rows[0]?.text ?? "");
  }
});

it("verifying without audit:read throws FORBIDDEN; an expected head that is no hash throws INVALID_INPUT", async () => {
  acme = await openAuditedOrganization({ fixture, tenancy }, "Guarded", 1);
  const viewer = "0190a0a0-0000-7000-8000-000000000001";
  await fixture.admin.query(
    "insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'viewer')",
    [acme.id, viewer],
  );
  const refused = tenancy.enter({ organization: acme.slug, user: viewer }, (tenant) => verifyAuditChain(tenant));
  await expect(refused).rejects.toSatisfy((error) => isRowhouseError(error, "FORBIDDEN"));
  await expect(verify({ expect: "abc" })).rejects.toSatisfy((error) => isRowhouseError(error, "INVALID_INPUT"));
});
