import { fileURLToPath } from "node:url";
import { ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { loadRows, rowsPerOrganization } from "./load-rows.ts";

/** The product's tables; only the columns that the benchmark reads. */
export interface BenchTables {
  projects: { id: string; organizationId: string; name: string; createdAt: Date; updatedAt: Date };
  tasks: { id: string; organizationId: string };
}

export const tables = { tenant: ["projects", "tasks"] } as const;

export interface BenchOrganization {
  readonly id: string;
  readonly slug: string;
  /** Its only member. */
  readonly userId: string;
  /** What the first row of the list must be called. */
  readonly newestName: string;
}

/** A database with the product's own tables, migrated by Rowhouse and filled. */
export interface BenchDatabase {
  /** A superuser's: row security does not apply to it. */
  readonly adminUrl: string;
  readonly runtimeUrl: string;
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
const runtimePassword = "bench-runtime-password";
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
    passwords: { runtime: runtimePassword },
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
      runtimeUrl: asRuntime(adminUrl),
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
    `select o.id, o.slug, m.user_id as "userId", p.name as "newestName"
     from (select *, row_number() over (order by slug) as place from rowhouse.organizations) o
     join rowhouse.memberships m on m.organization_id = o.id
     cross join lateral (
       select name from projects where organization_id = o.id order by created_at desc, id desc limit 1) p
     where o.place % $1 = 0 order by o.slug`,
    [every],
  );
  return rows;
}

function asRuntime(adminUrl: string): string {
  const url = new URL(adminUrl);
  url.username = "rowhouse_runtime";
  url.password = runtimePassword;
  return url.href;
}
