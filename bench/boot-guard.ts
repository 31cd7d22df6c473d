import { ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { definePermissions, defineTenancy, type PermissionOf } from "rowhouse";
import { migrate } from "rowhouse/migrations";
import { openServer } from "./database/open-server.ts";
import { openDelay } from "./measure/open-delay.ts";
import { quantile } from "./measure/quantile.ts";

/** As many as the reference product has, and as a product that has grown. */
const sizes = [2, 60];
const rowsEach = 2_000;
const runs = 40;
const targetMs = 50;
const password = "bench-runtime-password";

const permissions = definePermissions({
  resources: { tables: ["read"] },
  roles: { owner: ["*"], admin: ["*"], member: ["*"], viewer: ["*"] },
});

await main();

/** What the boot guard adds to a start: the time of `tenancy.start()` on a new connection, less that of the connection. */
async function main(): Promise<void> {
  await using server = await openServer();
  console.log(
    "| tenant tables | network, each way | median ms | 95 % ms | connect and `select 1`, median ms | guard against that | under 50 ms |\n" +
      "|--:|--:|--:|--:|--:|--:|---|",
  );
  for (const size of sizes) {
    const name = `bench_boot_guard_${size}`;
    await ensureDatabase(server.url, name);
    await measure(
      withDatabase(server.url, name),
      Array.from({ length: size }, (_, number) => `table_${number}`),
    );
  }
}

async function measure(adminUrl: string, tenantTables: readonly string[]): Promise<void> {
  console.error(`making ${tenantTables.length} tenant tables`);
  await makeTables(adminUrl, tenantTables);
  for (const delayMs of [0, 1]) {
    await using delay = await openDelay(adminUrl, delayMs);
    const url = new URL(delayMs === 0 ? adminUrl : delay.url(adminUrl));
    url.username = "rowhouse_runtime";
    url.password = password;
    const guard: number[] = [];
    const connecting: number[] = [];
    for (let run = 0; run <= runs; run += 1) {
      const bare = await timeBare(url.href);
      const start = await timeStart(url.href, tenantTables);
      if (run === 0) continue; // warms up
      connecting.push(bare.answered);
      guard.push(start - bare.connected);
    }
    const [middle, most] = [quantile(guard, 0.5), quantile(guard, 0.95)];
    const verdict = middle < targetMs ? "kept" : "**missed**";
    if (middle >= targetMs) process.exitCode = 1;
    const ratios = guard.map((ms, run) => ms / (connecting[run] ?? NaN));
    const figures = [middle, most, quantile(connecting, 0.5), quantile(ratios, 0.5)].map((figure) => figure.toFixed(1));
    const cells = [tenantTables.length, `${delayMs} ms`, ...figures, verdict];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

/** How long a plain connection takes, and until it has answered `select 1`. */
async function timeBare(url: string): Promise<{ connected: number; answered: number }> {
  const client = new pg.Client({ connectionString: url });
  const start = performance.now();
  await client.connect();
  const connected = performance.now() - start;
  await client.query("select 1");
  const answered = performance.now() - start;
  await client.end();
  return { connected, answered };
}

async function timeStart(url: string, tenantTables: readonly string[]): Promise<number> {
  await using tenancy = defineTenancy<Record<string, never>, PermissionOf<typeof permissions>>({
    database: { url, maxConnections: 1 },
    tables: { tenant: [...tenantTables] },
    permissions,
  });
  const start = performance.now();
  await tenancy.start();
  return performance.now() - start;
}

/** Each has two indexes, a key into the one before it, and rows of ten organizations. */
async function makeTables(adminUrl: string, tenantTables: readonly string[]): Promise<void> {
  const passwords = { runtime: password };
  await migrate({ adminUrl, passwords });
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (const [number, name] of tenantTables.entries()) await admin.query(makeTable(name, tenantTables[number - 1]));
    await admin.query("vacuum analyze");
  } finally {
    await admin.end();
  }
  await migrate({ adminUrl, passwords, tables: { tenant: [...tenantTables] } });
}

function makeTable(name: string, parent: string | undefined): string {
  const key =
    parent === undefined ? "" : `, foreign key (organization_id, parent_id) references ${parent} (organization_id, id)`;
  return `
    create table ${name} (organization_id uuid not null, id uuid not null, parent_id uuid, title text,
      created_at timestamptz not null default now(), primary key (organization_id, id)${key});
    create index on ${name} (organization_id, created_at);
    insert into ${name} (organization_id, id, title)
      select ('0190a000-0000-7000-8000-00000000000' || number % 10)::uuid, gen_random_uuid(), 'title ' || number
      from generate_series(1, ${rowsEach}) as number`;
}
