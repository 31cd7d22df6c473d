import { v7 as uuidv7 } from "uuid";
import {
  addDomain,
  definePermissions,
  setDomainMode,
  verifyDomain,
  type Domain,
  type DomainMode,
  type InvitedPerson,
  type Role,
  type Tenant,
  type TxtResolver,
} from "../../src/index.ts";
import { openFixture, type Fixture, type FixtureDatabase, type FixtureSettings } from "../fixture/test-tenancy.ts";

const permissions = definePermissions({
  resources: { projects: ["read", "create", "update", "delete"] },
  roles: {
    owner: ["*"],
    admin: ["domains:*", "members:*"],
    member: ["domains:read"],
    viewer: ["domains:*", "members:*"],
  },
});

export type DomainTenant = Tenant<FixtureDatabase, FixtureSettings["permissions"]["all"][number]>;

export interface DomainOrganization {
  readonly id: string;
  readonly slug: string;
  readonly ownerId: string;
  readonly as: <T>(userId: string, work: (tenant: DomainTenant) => Promise<T>) => Promise<T>;
  /** As its owner. */
  readonly own: <T>(work: (tenant: DomainTenant) => Promise<T>) => Promise<T>;
  /** Puts somebody in without any rule being asked. */
  readonly put: (role: Role) => Promise<string>;
  /** Proven by DNS, in a mode. */
  readonly prove: (domain: string, mode?: DomainMode) => Promise<Domain>;
  readonly roleOf: (userId: string) => Promise<string | undefined>;
  /** `action target` of each event of the audit log after the organization's creation. */
  readonly actions: () => Promise<string[]>;
}

/** Organizations, domains and a DNS whose records the tests write. */
export interface DomainFixture extends AsyncDisposable {
  readonly fixture: Fixture;
  readonly tenancy: ReturnType<Fixture["open"]>;
  /** Name to TXT records; an Error is a server that does not answer. */
  readonly zone: Map<string, readonly string[] | Error>;
  readonly resolveTxt: TxtResolver;
  createOrganization(memberLimit?: number): Promise<DomainOrganization>;
}

export function personAt(domain: string, changes: Partial<InvitedPerson> = {}): InvitedPerson {
  const id = uuidv7();
  return { id, email: `${id}@${domain}`, emailVerified: true, name: "Petra Person", ...changes };
}

/** A domain that no other test uses. */
export function newDomainName(): string {
  return `${uuidv7()}.example`;
}

export async function openDomainFixture(database: Parameters<Fixture["open"]>[1] = {}): Promise<DomainFixture> {
  const fixture = await openFixture();
  const { operatorUrl, identityUrl } = fixture;
  const tenancy = fixture.open({ permissions }, { identityUrl, operatorUrl, ...database });
  const zone = new Map<string, readonly string[] | Error>();
  const resolveTxt: TxtResolver = async (name) => {
    const records = zone.get(name) ?? [];
    if (records instanceof Error) throw records;
    return records;
  };
  return {
    fixture,
    tenancy,
    zone,
    resolveTxt,
    createOrganization: async (memberLimit) => {
      const ownerId = uuidv7();
      const { id, slug } = await tenancy.createOrganization({ name: `Organization ${ownerId}`, user: ownerId });
      if (memberLimit !== undefined) await fixture.limitMembers(id, memberLimit);
      const as: DomainOrganization["as"] = (user, work) =>
        tenancy.enter({ organization: id, user }, (tenant) => work(tenant));
      const own: DomainOrganization["own"] = (work) => as(ownerId, work);
      const prove: DomainOrganization["prove"] = (name, mode) =>
        own(async (tenant) => {
          const { id: domainId, record } = await addDomain(tenant, { domain: name });
          zone.set(record.name, [...listed(zone.get(record.name)), record.value]);
          const { domain } = await verifyDomain(tenant, { id: domainId, resolveTxt });
          return mode === undefined ? domain : setDomainMode(tenant, { id: domainId, mode });
        });
      return { id, slug, ownerId, as, own, prove, ...readersOf(fixture, id) };
    },
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

function listed(records: readonly string[] | Error | undefined): readonly string[] {
  return Array.isArray(records) ? (records as readonly string[]) : [];
}

function readersOf({ admin }: Fixture, id: string): Pick<DomainOrganization, "put" | "roleOf" | "actions"> {
  return {
    put: async (role) => {
      const userId = uuidv7();
      await admin.query(
        "insert into rowhouse.memberships (organization_id, user_id, role, email) values ($1, $2, $3, $4)",
        [id, userId, role, `${userId}@people.test`],
      );
      return userId;
    },
    roleOf: async (userId) => {
      const text = "select role from rowhouse.memberships where organization_id = $1 and user_id = $2";
      return (await admin.query<{ role: string }>(text, [id, userId])).rows[0]?.role;
    },
    actions: async () => {
      const text =
        "select action from rowhouse.audit_events where organization_id = $1 and sequence > 1 order by sequence";
      return (await admin.query<{ action: string }>(text, [id])).rows.map(({ action }) => action);
    },
  };
}
