import { v7 as uuidv7 } from "uuid";
import type { Role, Tenant } from "../../src/index.ts";
import { openFixture, type Fixture, type FixtureDatabase } from "../fixture/test-tenancy.ts";
import type { FixtureTenancy } from "../fixture/two-organizations.ts";

export type FixtureTenant = Tenant<FixtureDatabase>;

/** A fixture in which tests make organizations with people in them. */
export interface People extends AsyncDisposable {
  readonly fixture: Fixture;
  readonly tenancy: FixtureTenancy;
  /** An organization with one member for each role, and the owner's id under `owner`. */
  staffed(name: string): Promise<Staffed>;
}

export interface Staffed extends Readonly<Record<Role, string>> {
  readonly id: string;
  readonly slug: string;
  /** Opens a scope for a user of this organization. */
  as<T>(userId: string, work: (tenant: FixtureTenant) => Promise<T>): Promise<T>;
  /** Writes a membership past all rules. */
  put(role: Role, changes?: { status?: "active" | "suspended"; name?: string; email?: string }): Promise<string>;
  members(): Promise<{ userId: string; role: string; status: string }[]>;
  /** Actions of the audit log from the first to the last, without the organization's creation. */
  actions(): Promise<string[]>;
  events(): Promise<LoggedEvent[]>;
}

export interface LoggedEvent {
  action: string;
  actor_kind: string;
  actor_id: string;
  target_id: string;
  before: unknown;
  after: unknown;
  reason: string | null;
}

export async function openPeople(database?: Parameters<Fixture["open"]>[1]): Promise<People> {
  const fixture = await openFixture();
  const tenancy = fixture.open({}, { operatorUrl: fixture.operatorUrl, ...database });
  return {
    fixture,
    tenancy,
    staffed: (name) => staff(fixture, tenancy, name),
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

async function staff(fixture: Fixture, tenancy: FixtureTenancy, name: string): Promise<Staffed> {
  const { admin } = fixture;
  const { id, slug, ownerId } = await fixture.createOrganization(name);
  const put: Staffed["put"] = async (role, { status = "active", name: called = "", email = "" } = {}) => {
    const userId = uuidv7();
    await admin.query(
      "insert into rowhouse.memberships (organization_id, user_id, role, status, name, email) values ($1, $2, $3, $4, $5, $6)",
      [id, userId, role, status, called, email],
    );
    return userId;
  };
  const events: Staffed["events"] = async () => {
    const { rows } = await admin.query<LoggedEvent>(
      `select action, actor_kind, actor_id, target_id, before, after, reason from rowhouse.audit_events
       where organization_id = $1 and sequence > 1 order by sequence`,
      [id],
    );
    return rows;
  };
  return {
    id,
    slug,
    owner: ownerId,
    admin: await put("admin"),
    member: await put("member"),
    viewer: await put("viewer"),
    put,
    as: (user, work) => tenancy.enter({ organization: slug, user }, (tenant) => work(tenant)),
    members: async () => {
      const text = `select user_id as "userId", role, status from rowhouse.memberships where organization_id = $1 order by user_id`;
      return (await admin.query<{ userId: string; role: string; status: string }>(text, [id])).rows;
    },
    actions: async () => (await events()).map(({ action }) => action),
    events,
  };
}
