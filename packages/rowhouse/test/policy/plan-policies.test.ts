import { describe, expect, it } from "vitest";
import { defaultRoleNames } from "../../src/settings.ts";
import { conversionFloors, createPolicy } from "../../src/policy/table-policies.ts";
import { planPolicies } from "../../src/policy/plan-policies.ts";
import { applyPolicies } from "../../src/policy/apply-policies.ts";
import { readTableFacts } from "../../src/policy/table-facts.ts";
import pg from "pg";
import { openFixture, tables } from "../fixture/test-tenancy.ts";

const isPolicyChange = (sql: string): boolean => /policy|row level security/.test(sql);

describe("the plan of policies", () => {
  it("is empty of changes for tables that are right, since each one locks its table", async () => {
    await using fixture = await openFixture();
    const tenant = await readTableFacts(fixture.admin, tables.tenant);
    const plan = planPolicies({ tenant, global: [], roles: defaultRoleNames });
    expect(plan.map(({ sql }) => sql).filter(isPolicyChange)).toEqual([]);
  });

  it("makes the canonical policy, to the letter, where there is none", async () => {
    await using fixture = await openFixture();
    await fixture.admin.query("create table fresh (organization_id uuid not null)");
    const tenant = await readTableFacts(fixture.admin, ["fresh"]);
    const plan = planPolicies({ tenant, global: [], roles: defaultRoleNames });
    expect(plan.map(({ sql }) => sql)).toMatchInlineSnapshot(`
      [
        "create policy "tenant_isolation" on "public"."fresh" as permissive for all to public using ("organization_id" = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)) with check ("organization_id" = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid))",
        "create policy "tenant_floor" on "public"."fresh" as restrictive for all to public using ("organization_id" = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)) with check ("organization_id" = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid))",
        "alter table "public"."fresh" enable row level security, force row level security",
        "revoke all on "public"."fresh" from public, "rowhouse_runtime"",
        "grant select, insert, update, delete on "public"."fresh" to "rowhouse_runtime"",
        "grant select on "public"."fresh" to "rowhouse_operator"",
      ]
    `);
  });

  it("applied, mends what drifted and then has nothing left to mend", async () => {
    await using fixture = await openFixture();
    await fixture.admin.query("alter policy tenant_floor on projects using (true)");
    await fixture.admin.query("drop policy tenant_isolation on tasks");
    await fixture.admin.query("alter table tasks disable row level security, no force row level security");
    await fixture.admin.query("grant truncate, insert on plans to rowhouse_runtime");
    const client = new pg.Client({ connectionString: fixture.database.url });
    await client.connect();
    try {
      const first = await applyPolicies(client, { tables, roles: defaultRoleNames });
      expect(first.map(({ sql }) => sql).filter(isPolicyChange)).toHaveLength(4);
      const second = await applyPolicies(client, { tables, roles: defaultRoleNames });
      expect(second.map(({ sql }) => sql).filter(isPolicyChange)).toEqual([]);
    } finally {
      await client.end();
    }
    await fixture.open().start();
  });

  it("leaves the door of a conversion that is under way, and shuts one that is wider", async () => {
    await using fixture = await openFixture();
    const floors = async (): Promise<string[]> => {
      const tenant = await readTableFacts(fixture.admin, ["projects"]);
      const plan = planPolicies({ tenant, global: [], roles: defaultRoleNames });
      return plan.map(({ sql }) => sql).filter((sql) => sql.includes("tenant_floor"));
    };
    await fixture.admin.query("drop policy tenant_floor on projects");
    for (const floor of conversionFloors("tenant", "organization_id", "postgres"))
      await fixture.admin.query(createPolicy("projects", floor));
    expect(await floors()).toEqual([]);
    await fixture.admin.query("alter policy tenant_floor_until_contract on projects using (true)");
    expect(await floors()).toHaveLength(1);
  });

  it("reads a table by a quoted, mixed-case name in another schema", async () => {
    await using fixture = await openFixture();
    await fixture.admin.query(
      `create schema "App"; create table "App"."My Table" (organization_id uuid not null, id uuid, primary key (organization_id, id))`,
    );
    const [facts] = await readTableFacts(fixture.admin, ["App.My Table"]);
    expect(facts).toMatchObject({
      exists: true,
      isTable: true,
      columnType: "uuid",
      columnNotNull: true,
      enabled: false,
      looseKeys: [],
    });
  });
});
