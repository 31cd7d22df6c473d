import { withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import { definePermissions, defineTenancy } from "rowhouse";
import { migrate } from "rowhouse/migrations";
import { prepareDatabase, tables, type BenchDatabase, type BenchTables } from "./database/bench-database.ts";
import { openServer } from "./database/open-server.ts";
import { interleave, type Lane } from "./measure/interleave.ts";
import { runSlice } from "./measure/run-slice.ts";
import { newestProjects } from "./contestants/rowhouse-tenancy.ts";
import type { Contestant } from "./contestants/contestant.ts";

const key = "a key of the benchmark with more than 32 characters";
const permissions = definePermissions({
  resources: { projects: ["read"] },
  roles: { owner: ["*"], admin: ["*"], member: ["*"], viewer: ["*"] },
});
const pace = { rounds: 9, sliceMs: 1_000, warmUpMs: 1_000 };
const organizations = 1_000;

await main();

/** What a sealed context costs: the same request (its membership, then one query) on the same rows, without a seal and with one. */
async function main(): Promise<void> {
  await using server = await openServer();
  const plain = await prepareDatabase(server.url, { name: "bench_plain", organizations, log: console.error });
  const sealed = await seal(server.url, plain);
  console.log(
    "| query | connections | context | a second | median ms | throughput | latency |\n|---|--:|---|--:|--:|--:|--:|",
  );
  for (const query of ["list 20", "get by id"] as const) {
    for (const connections of [1, 8]) {
      await using unsealedOne = await open(plain, { query, connections });
      await using sealedOne = await open(sealed, { query, connections, key });
      const lanes = [unsealedOne, sealedOne].map((contestant) => laneOf(contestant, plain, connections));
      for (const lane of await interleave(lanes, pace)) {
        const cells = [query, connections, lane.name, Math.round(lane.perSecond), lane.p50Ms.toFixed(3)];
        console.log(`| ${[...cells, lane.throughputRatio.toFixed(2), lane.latencyRatio.toFixed(2)].join(" | ")} |`);
      }
    }
  }
}

/** A copy of the database, whose contexts are sealed. */
async function seal(serverUrl: string, plain: BenchDatabase): Promise<BenchDatabase> {
  const name = "bench_sealed";
  await withAdminClient(serverUrl, (client) => client.query(`create database ${name} template bench_plain`));
  const adminUrl = withDatabase(serverUrl, name);
  await migrate({ adminUrl, tables, seal: { keys: [key] } });
  const runtimeUrl = withDatabase(plain.runtimeUrl, name);
  return { ...plain, adminUrl, runtimeUrl };
}

interface Situation {
  readonly query: "list 20" | "get by id";
  readonly connections: number;
  readonly key?: string;
}

async function open({ runtimeUrl }: BenchDatabase, { query, connections, key: own }: Situation): Promise<Contestant> {
  const tenancy = defineTenancy<BenchTables, string>({
    database: {
      url: runtimeUrl,
      maxConnections: connections,
      acquireTimeoutMs: 60_000,
      seal: own === undefined ? undefined : { key: own },
    },
    tables,
    permissions,
  });
  await tenancy.start();
  const lists = new Map<string, Awaited<ReturnType<Contestant["listNewest"]>> & readonly { id: string }[]>();
  return {
    name: own === undefined ? "unsealed" : "sealed",
    listNewest: (organization) =>
      tenancy.enter({ organization: organization.id, user: organization.userId }, async (tenant) => {
        const known = lists.get(organization.id);
        const [first] = known ?? [];
        if (query === "list 20" || known === undefined || first === undefined) {
          const rows = await newestProjects(tenant).execute();
          lists.set(organization.id, rows);
          return rows;
        }
        await tenant.db.selectFrom("projects").selectAll().where("id", "=", first.id).executeTakeFirstOrThrow();
        return known;
      }),
    [Symbol.asyncDispose]: () => tenancy.close(),
  };
}

function laneOf(contestant: Contestant, { sample }: BenchDatabase, workers: number): Lane {
  const run: Lane["run"] = (durationMs, seed) => runSlice(contestant, { workers, durationMs, sample, seed });
  return { name: contestant.name, run };
}
