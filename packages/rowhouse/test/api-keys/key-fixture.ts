import { createApiKey, definePermissions, type NewApiKey } from "../../src/index.ts";
import { openPeople, type FixtureTenant, type People, type Staffed } from "../members/people.ts";
import type { FixtureTenancy } from "../fixture/two-organizations.ts";

/** Members may make and read keys, and not revoke them; viewers know nothing of them. */
export const permissions = definePermissions({
  resources: { projects: ["read", "create", "update", "delete"] },
  roles: {
    owner: ["*"],
    admin: ["projects:*", "members:*", "invitations:*", "service-accounts:*", "api-keys:*"],
    member: ["projects:read", "projects:create", "members:read", "members:update", "api-keys:read", "api-keys:create"],
    viewer: ["projects:read"],
  },
});

export interface KeyFixture extends AsyncDisposable {
  readonly people: People;
  readonly tenancy: FixtureTenancy;
  staffed(): Promise<Staffed>;
  as<T>(organization: Staffed, user: string, work: (tenant: FixtureTenant) => Promise<T>): Promise<T>;
  /** Makes a key for somebody. */
  make(organization: Staffed, user: string, changes?: Partial<Parameters<typeof createApiKey>[1]>): Promise<NewApiKey>;
  /** Enters with what stands in the Authorization header. */
  enter<T>(key: string, work: (tenant: FixtureTenant) => Promise<T>, path?: string): Promise<T>;
  sql(text: string, values: unknown[]): Promise<Record<string, unknown>[]>;
}

export async function openKeys(settings: Parameters<People["fixture"]["open"]>[0] = {}): Promise<KeyFixture> {
  const people = await openPeople();
  const tenancy = people.fixture.open(
    { permissions, locate: ["path", "header", "api-key", "session"], ...settings },
    { operatorUrl: people.fixture.operatorUrl, maxConnections: 12, acquireTimeoutMs: 15_000 },
  );
  let count = 0;
  const as: KeyFixture["as"] = (organization, user, work) =>
    tenancy.enter({ organization: organization.slug, user }, (tenant) => work(tenant));
  return {
    people,
    tenancy,
    staffed: () => people.staffed(`Acme ${(count += 1)}`),
    as,
    make: (organization, user, changes) =>
      as(organization, user, (tenant) => createApiKey(tenant, { name: "Key", scopes: ["projects:read"], ...changes })),
    enter: (key, work, path = "/") => tenancy.enterRequest(bearing(key, path), (tenant) => work(tenant)),
    sql: async (text, values) => (await people.fixture.admin.query<Record<string, unknown>>(text, values)).rows,
    [Symbol.asyncDispose]: () => people[Symbol.asyncDispose](),
  };
}

export function bearing(credential: string, path = "/", headers: Record<string, string> = {}): Request {
  return new Request(`https://app.example.com${path}`, {
    headers: { authorization: `Bearer ${credential}`, ...headers },
  });
}
