import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { ColumnType, Generated } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDrizzle } from "../../src/adapters/drizzle.ts";
import { defineTenancy, type PermissionOf, type Tenant } from "../../src/index.ts";
import { migrate } from "../../src/migrations/index.ts";
import { codeOf } from "../fixture/code-of.ts";
import { openFixture, permissions, type Fixture } from "../fixture/test-tenancy.ts";

interface Database {
  notes: {
    id: Generated<string>;
    tenantId: ColumnType<string, never, never>;
    organizationId: string | null;
    templateId: Generated<string | null>;
    body: string;
  };
  templates: { id: Generated<string>; tenantId: ColumnType<string | null, never, never>; body: string };
}

const tables = { tenant: ["notes"], mixed: ["templates"], unowned: ["notes"], column: "tenant_id" } as const;
const notes = pgTable("notes", {
  tenantId: uuid("tenant_id"),
  organizationId: text("organization_id"),
  body: text("body").notNull(),
});

let fixture: Fixture;
let tenancy: ReturnType<typeof open>;
let acme: { readonly id: string; readonly slug: string; readonly ownerId: string };

const open = () => {
  const { database } = fixture.settings;
  return defineTenancy<Database, PermissionOf<typeof permissions>>({ database, tables, permissions });
};
const inAcme = <T>(work: (tenant: Tenant<Database>) => Promise<T>): Promise<T> =>
  tenancy.enter({ organization: acme.slug, user: acme.ownerId }, (tenant) => work(tenant));

beforeAll(async () => {
  fixture = await openFixture();
  // The application has an organization_id of its own, which says something else.
  await fixture.admin.query(`
    drop table tasks, presets, projects;
    create table templates (
      tenant_id uuid references rowhouse.organizations (id), id uuid primary key default gen_random_uuid(), body text not null);
    create table notes (
      tenant_id uuid references rowhouse.organizations (id), id uuid primary key default gen_random_uuid(),
      organization_id text, template_id uuid references templates (id), body text not null);
    create index on templates (tenant_id); create index on notes (tenant_id);
    insert into templates (body) values ('everybody''s');
    insert into notes (body) values ('nobody''s')`);
  await migrate({ adminUrl: fixture.database.url, tables });
  tenancy = open();
  const ownerId = randomUUID();
  acme = { ...(await tenancy.createOrganization({ name: "Acme", user: ownerId })), ownerId };
});

afterAll(async () => {
  await tenancy.close();
  await fixture[Symbol.asyncDispose]();
});

describe("another column and rows of nobody, by the settings", () => {
  it("stamp and filter rows of tenant and mixed tables by that column, and leave organization_id to the application", async () => {
    const rows = await inAcme(async (tenant) => {
      await openDrizzle(tenant).insert(notes).values({ body: "mine", organizationId: "the WHO" });
      await tenant.db.insertInto("notes").values({ body: "hers" }).execute();
      return tenant.db
        .selectFrom("notes")
        .select(["body", "tenantId", "organizationId"])
        .orderBy("body", "desc")
        .execute();
    });
    expect(rows).toEqual([
      { body: "mine", tenantId: acme.id, organizationId: "the WHO" },
      { body: "hers", tenantId: acme.id, organizationId: null },
    ]);
    const templates = await inAcme(({ db }) => db.selectFrom("templates").select("body").execute());
    expect(templates).toEqual([{ body: "everybody's" }]);
    const drizzled = await inAcme((tenant) => openDrizzle(tenant).select().from(notes).where(eq(notes.body, "mine")));
    expect(drizzled).toEqual([{ tenantId: acme.id, organizationId: "the WHO", body: "mine" }]);
  });

  it("no tenant reads, changes, removes or makes a row of nobody, nor moves a row there", async () => {
    await inAcme(async (tenant) => {
      const loose = tenant.db as never as {
        updateTable(table: string): { set(values: object): { execute(): Promise<unknown> } };
      };
      expect(await codeOf(loose.updateTable("notes").set({ tenantId: null }).execute())).toBe("ORGANIZATION_FIXED");
      const db = openDrizzle(tenant);
      for (const statement of [
        "update notes set tenant_id = null",
        "insert into notes (body) values ('x')",
        "insert into templates (body) values ('x')",
      ])
        expect(await codeOf(db.execute(statement))).toBe("ROW_SECURITY");
      await db.execute("update notes set body = 'changed'");
      await db.execute("delete from notes");
    });
    const { rows } = await fixture.admin.query("select body from notes");
    expect(rows).toEqual([{ body: "nobody's" }]);
  });

  it("a migration that finds a reference to another organization's row of a mixed table is MIGRATION_FAILED", async () => {
    await fixture.admin.query(`
      create table marks (tenant_id uuid not null, template_id uuid references templates (id)) partition by hash (tenant_id);
      create table marks_all partition of marks for values with (modulus 1, remainder 0);
      insert into templates (tenant_id, body) values ('${acme.id}', 'acme''s');
      insert into marks select gen_random_uuid(), id from templates where tenant_id is not null`);
    const more = { ...tables, tenant: ["notes", "marks"] };
    await expect(migrate({ adminUrl: fixture.database.url, tables: more })).rejects.toThrow(
      /points by marks_template_id_fkey to a row of another organization/,
    );
    await fixture.admin.query("delete from marks");
    await migrate({ adminUrl: fixture.database.url, tables: more });
    const text = "insert into marks select gen_random_uuid(), id from templates where tenant_id is not null";
    await expect(fixture.admin.query(text)).rejects.toMatchObject({
      code: "23503",
      constraint: "marks_template_id_fkey",
    });
  });

  it("a foreign key that is dropped leaves nothing behind that a migration does not take away", async () => {
    await fixture.admin.query("alter table notes drop constraint notes_template_id_fkey");
    const insert = (): Promise<string> =>
      inAcme(({ db }) => codeOf(db.insertInto("notes").values({ body: "x" }).execute()));
    expect(await insert()).toBe("DATABASE_ERROR");
    await migrate({ adminUrl: fixture.database.url, tables });
    expect(await insert()).toBe("ok");
  });

  it("a tenant table that has not that column is MIGRATION_FAILED, which names it", async () => {
    const wrong = { tenant: ["notes"], column: "organization_id" };
    await expect(migrate({ adminUrl: fixture.database.url, tables: wrong })).rejects.toThrow(
      /"notes" needs "organization_id uuid not null"; it has text/,
    );
  });
});
