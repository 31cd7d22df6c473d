import { fileURLToPath } from "node:url";
import { ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import type { Generated } from "kysely";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { loadRows, rowsPerOrganization } from "./load-rows.ts";

/** The product's tables; only the columns that the benchmark reads. */
export interface BenchTables {
  projects: { id: string; organizationId: string; name: string; createdAt: Date; updatedAt: Date };
  tasks: {
    id: Generated<string>;
    organizationId: string;
    projectId: string;
    title: string;
    createdAt: Generated<Date>;
    updatedAt: Generated<Date>;
  };
}

export const tables = { tenant: ["projects", "tasks"] } as const;

export interface BenchOrganization {
  readonly id: string;
  readonly slug: string;
  /** Its owner. */
  readonly userId: string;
  /** The newest of its projects, which has 20 tasks and more; the first row of the list. */
  readonly projectId: string;
  readonly newestName: string;
  /** New tasks go here. */
  readonly oldestProjectId: string;
  /** A task of the oldest project. */
  readonly taskId: string;
}

/** A database with the product's own tables, migrated by Rowhouse and filled. */
export interface BenchDatabase {
  /** A superuser's: row security does not apply to it. */
  readonly adminUrl: string;
  readonly runtimeUrl: string;
  /** The role that reads the tables of the sign-in library. */
  readonly identityUrl: string;
  readonly organizations: number;
  readonly rows: number;
  /** Spread evenly over all organizations; queries choose among these. */
  readonly sample: readonly BenchOrganization[];
}

export interface PrepareOptions {
  readonly name: string;
  readonly organizations: number;
  readonly log: (line: string) => void;
}

const mostInSample = 1_000;
const passwords = { runtime: "bench-runtime-password", identity: "bench-identity-password" };
const productSql = fileURLToPath(new URL("../../apps/web/sql", import.meta.url));

/** Makes, migrates and fills a database on the server of `serverUrl`. */
export async function prepareDatabase(
  serverUrl: string,
  { name, organizations, log }: PrepareOptions,
): Promise<BenchDatabase> {
  await ensureDatabase(serverUrl, name);
  const adminUrl = withDatabase(serverUrl, name);
  await migrate({
    adminUrl,
    passwords,
    sources: [{ name: "web", folder: productSql }],
    tables,
  });
  const rows = organizations * rowsPerOrganization;
  log(`loading ${rows.toLocaleString("en")} projects of ${organizations.toLocaleString("en")} organizations`);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await loadRows(client, organizations);
    return {
      adminUrl,
      runtimeUrl: asRole(adminUrl, "runtime"),
      identityUrl: asRole(adminUrl, "identity"),
      organizations,
      rows,
      sample: await readSample(client, organizations),
    };
  } finally {
    await client.end();
  }
}

async function readSample(client: pg.Client, organizations: number): Promise<BenchOrganization[]> {
  const every = Math.max(1, Math.floor(organizations / mostInSample));
  const { rows } = await client.query<BenchOrganization>(
    `select o.id, o.slug, m.user_id as "userId", p.id as "projectId", p.name as "newestName",
       t.project_id as "oldestProjectId", t.id as "taskId"
     from (select *, row_number() over (order by slug) as place from rowhouse.organizations) o
     join rowhouse.memberships m on m.organization_id = o.id and m.role = 'owner'
     cross join lateral (
       select id, name from projects where organization_id = o.id order by created_at desc, id desc limit 1) p
     join tasks t on t.organization_id = o.id and t.title = 'First task'
     where o.place % $1 = 0 order by o.slug`,
    [every],
  );
  return rows;
}

function asRole(adminUrl: string, role: keyof typeof passwords): string {
  const url = new URL(adminUrl);
  url.username = `rowhouse_${role}`;
  url.password = passwords[role];
  return url.href;
}
