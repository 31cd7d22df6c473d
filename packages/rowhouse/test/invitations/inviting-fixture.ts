import { v7 as uuidv7 } from "uuid";
import { definePermissions, type InvitedPerson, type NewInvitation, type Role, type Tenant } from "../../src/index.ts";
import { createInvitation, markInvitationSent } from "../../src/index.ts";
import { openFixture, type Fixture, type FixtureDatabase, type FixtureSettings } from "../fixture/test-tenancy.ts";

const permissions = definePermissions({
  resources: { projects: ["read", "create", "update", "delete"] },
  roles: {
    owner: ["*"],
    admin: ["invitations:*"],
    member: ["invitations:read", "invitations:create", "invitations:revoke"],
    viewer: [],
  },
});

export type TestTenant = Tenant<FixtureDatabase, FixtureSettings["permissions"]["all"][number]>;

export interface TestOrganization {
  readonly id: string;
  readonly slug: string;
  readonly ownerId: string;
}

/** Organizations with people in them, and short ways to invite. */
export interface InvitingFixture extends AsyncDisposable {
  readonly fixture: Fixture;
  readonly tenancy: ReturnType<Fixture["open"]>;
  /** With `owner@<slug>.test` as its owner. */
  createOrganization(memberLimit?: number): Promise<TestOrganization>;
  /** Puts somebody in without any rule being asked. */
  addPerson(organization: TestOrganization, role: Role): Promise<InvitedPerson>;
  as<T>(organization: TestOrganization, userId: string, work: (tenant: TestTenant) => Promise<T>): Promise<T>;
  asOwner<T>(organization: TestOrganization, work: (tenant: TestTenant) => Promise<T>): Promise<T>;
  /** By the owner, and mailed. */
  invite(organization: TestOrganization, email: string, role?: Role): Promise<NewInvitation>;
  /** Lets an invitation run out. */
  pass(invitationId: string): Promise<void>;
  roleOf(organization: TestOrganization, userId: string): Promise<Role | undefined>;
  /** The invitation's columns as they are stored. */
  stored(invitationId: string): Promise<Record<string, unknown>>;
  actions(organization: TestOrganization): Promise<string[]>;
}

export function newPerson(email = `${uuidv7()}@people.test`, emailVerified = true): InvitedPerson {
  return { id: uuidv7(), email, emailVerified, name: "Somebody New" };
}

let organizations = 0;

export async function openInvitingFixture(): Promise<InvitingFixture> {
  const fixture = await openFixture();
  const { admin, operatorUrl, identityUrl } = fixture;
  const tenancy = fixture.open({ permissions }, { identityUrl, operatorUrl });
  const as: InvitingFixture["as"] = (organization, user, work) =>
    tenancy.enter({ organization: organization.id, user }, (tenant) => work(tenant));
  const asOwner: InvitingFixture["asOwner"] = (organization, work) => as(organization, organization.ownerId, work);
  return {
    fixture,
    tenancy,
    as,
    asOwner,
    createOrganization: async (memberLimit) => {
      organizations += 1;
      const ownerId = uuidv7();
      const email = `owner@organization-${organizations}.test`;
      const { id, slug } = await tenancy.createOrganization({
        name: `Organization ${organizations}`,
        user: ownerId,
        profile: { name: "Olivia Owner", email },
      });
      if (memberLimit !== undefined) await fixture.limitMembers(id, memberLimit);
      return { id, slug, ownerId };
    },
    addPerson: async ({ id }, role) => {
      const person = newPerson();
      await withContext(fixture, id, {
        text: `insert into rowhouse.memberships (organization_id, user_id, role, email, name) values ($1, $2, $3, $4, 'Marie')`,
        values: [id, person.id, role, person.email],
      });
      return person;
    },
    invite: (organization, email, role = "member") =>
      asOwner(organization, async (tenant) => {
        const { invitation, token } = await createInvitation(tenant, { email, role });
        return { invitation: await markInvitationSent(tenant, { id: invitation.id }), token };
      }),
    pass: async (invitationId) => {
      await admin.query("update rowhouse.invitations set expires_at = now() - interval '1 minute' where id = $1", [
        invitationId,
      ]);
    },
    ...readersOf(fixture),
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

function readersOf({ admin }: Fixture): Pick<InvitingFixture, "roleOf" | "stored" | "actions"> {
  return {
    roleOf: async ({ id }, userId) => {
      const { rows } = await admin.query<{ role: Role }>(
        "select role from rowhouse.memberships where organization_id = $1 and user_id = $2",
        [id, userId],
      );
      return rows[0]?.role;
    },
    stored: async (invitationId) => {
      const { rows } = await admin.query<Record<string, unknown>>("select * from rowhouse.invitations where id = $1", [
        invitationId,
      ]);
      return rows[0] ?? {};
    },
    actions: async ({ id }) => {
      const { rows } = await admin.query<{ action: string }>(
        "select action from rowhouse.audit_events where organization_id = $1 order by sequence",
        [id],
      );
      return rows.map(({ action }) => action);
    },
  };
}

/** As the admin, but with the context in which the triggers, which run as the owner, see the organization. */
export async function withContext(
  fixture: Fixture,
  organizationId: string,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<void> {
  const client = await fixture.admin.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('rowhouse.organization_id', $1, true)", [organizationId]);
    await client.query(text, [...values]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
