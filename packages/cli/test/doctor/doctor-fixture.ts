import { readFile } from "node:fs/promises";
import { cloneDatabase, dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { inject } from "vitest";
import type { Subject } from "../../src/doctor/subject.ts";

/** The clean product in a database that can be copied, with roles that no other test file touches. */
export interface DoctorFixture extends AsyncDisposable {
  readonly subject: Subject;
  /** Puts the roles' names in. */
  name(sql: string): string;
  /** A copy of the clean product, as the administrator. */
  open(): Promise<DoctorDatabase>;
  /** The same copy each time, for whoever takes back what they do. */
  shared(): Promise<pg.Client>;
}

export interface DoctorDatabase extends AsyncDisposable {
  readonly url: string;
  readonly admin: pg.Client;
}

export async function openDoctorFixture(group: string): Promise<DoctorFixture> {
  const server = inject("postgresUrl");
  const [owner, app, template] = [`doctor_${group}_owner`, `doctor_${group}_app`, `doctor_${group}`];
  const name = (sql: string): string => sql.replaceAll("{{owner}}", owner).replaceAll("{{app}}", app);
  await ensureDatabase(server, template);
  await withAdminClient(withDatabase(server, template), async (admin) => {
    await admin.query(name("create role {{owner}} nologin; create role {{app}} login password 'app'"));
    await admin.query(name(`grant create on schema public to {{owner}}`));
    await admin.query(name(await readFile(new URL("clean.sql", import.meta.url), "utf8")));
    await admin.query(name(`revoke create on schema public from {{owner}}`));
  });
  let shared: Promise<DoctorDatabase> | undefined;
  return {
    subject: {
      appRoles: [app],
      tenantColumn: "organization_id",
      organizationsTable: "public.organizations",
      contextSettings: ["app.org"],
    },
    name,
    open: () => openCopy(server, template),
    shared: async () => (await (shared ??= openCopy(server, template))).admin,
    [Symbol.asyncDispose]: async () => {
      await (await shared)?.[Symbol.asyncDispose]();
      await dropDatabase(server, template);
      await withAdminClient(server, (admin) => admin.query(name("drop role {{app}}; drop role {{owner}}")));
    },
  };
}

async function openCopy(server: string, template: string): Promise<DoctorDatabase> {
  const copy = await cloneDatabase(server, { template });
  const admin = new pg.Client({ connectionString: copy.url });
  await admin.connect();
  // Belongs to the database, so a copy does not have it.
  await admin.query(`revoke temporary on database ${pg.escapeIdentifier(copy.name)} from public`);
  return {
    url: copy.url,
    admin,
    [Symbol.asyncDispose]: async () => {
      await admin.end();
      await copy.drop();
    },
  };
}
