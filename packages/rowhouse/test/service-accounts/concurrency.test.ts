import { afterAll, beforeAll, expect, it } from "vitest";
import { createServiceAccount, disableServiceAccount, type ServiceAccount } from "../../src/index.ts";
import { codeOf } from "../fixture/code-of.ts";
import { openPeople, type FixtureTenant, type People } from "../members/people.ts";

let people: People;

beforeAll(async () => {
  people = await openPeople();
});

afterAll(() => people[Symbol.asyncDispose]());

it("is disabled once by five at once, twenty times", async () => {
  for (let round = 0; round < 20; round += 1) {
    const acme = await people.staffed(`Five ${round}`);
    const made = await acme.as(acme.owner, (tenant) => createServiceAccount(tenant, { name: "Bot", role: "viewer" }));
    const disable = () => acme.as(acme.owner, (tenant) => disableServiceAccount(tenant, { serviceAccountId: made.id }));
    await Promise.all(Array.from({ length: 5 }, disable));
    expect(await acme.actions()).toEqual(["service-account.created", "service-account.disabled"]);
  }
});

it.each<[string, (tenant: FixtureTenant, made: ServiceAccount) => Promise<unknown>]>([
  ["made", (tenant) => createServiceAccount(tenant, { name: "Another", role: "viewer" })],
  ["disabled", (tenant, made) => disableServiceAccount(tenant, { serviceAccountId: made.id })],
])("is not %s by somebody who is demoted meanwhile", async (verb, act) => {
  const acme = await people.staffed(`Demoted ${verb}`);
  const made = await acme.as(acme.owner, (tenant) => createServiceAccount(tenant, { name: "Bot", role: "viewer" }));
  const actor = await acme.put("owner");
  const holder = await people.fixture.admin.connect();
  try {
    await holder.query("begin");
    await holder.query("select from rowhouse.organizations where id = $1 for update", [acme.id]);
    await holder.query("update rowhouse.memberships set role = 'viewer' where organization_id = $1 and user_id = $2", [
      acme.id,
      actor,
    ]);
    const refusal = codeOf(acme.as(actor, (tenant) => act(tenant, made)));
    await expect.poll(() => people.fixture.admin.query(waiting).then(({ rowCount }) => rowCount)).toBe(1);
    await holder.query("commit");
    expect(await refusal).toBe("FORBIDDEN");
  } finally {
    holder.release();
  }
  expect(await acme.actions()).toEqual(["service-account.created"]);
});

const waiting = `select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and usename = 'rowhouse_runtime'`;
