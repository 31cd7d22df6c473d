import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { holdScopes } from "../contestants/held-scopes.ts";
import { defineBenchPrisma } from "../contestants/rowhouse-prisma.ts";
import { newestProjects, type BenchTenant } from "../contestants/rowhouse-tenancy.ts";
import type { BenchDatabase } from "../database/bench-database.ts";

/** What open scopes cost this process. */
export interface ScopeMemory {
  readonly scopes: number;
  readonly megabytes: number;
  /** With a Prisma client in each. */
  readonly megabytesWithPrisma: number;
}

/** Opens a scope of every organization of the sample and uses it once, so that all that a scope keeps is there. */
export async function measureScopes(database: BenchDatabase): Promise<ScopeMemory> {
  const openPrisma = await defineBenchPrisma();
  return {
    scopes: database.sample.length,
    megabytes: await measureUse(database, (tenant) => newestProjects(tenant).execute()),
    megabytesWithPrisma: await measureUse(database, (tenant) => openPrisma(tenant).project.findMany({ take: 20 })),
  };
}

async function measureUse(
  database: BenchDatabase,
  use: (tenant: BenchTenant) => PromiseLike<unknown>,
): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const options = { ...database, connections: 8, prepare: true };
  // What is loaded and connected with the first scopes is no scope's.
  const few = database.sample.slice(0, 20);
  await using warm = await holdScopes({ ...options, sample: few });
  for (const organization of few) await use(warm.tenantOf(organization));
  collect();
  const before = usedBytes();
  await using held = await holdScopes(options);
  for (const organization of database.sample) await use(held.tenantOf(organization));
  collect();
  return (usedBytes() - before) / 1024 / 1024;
}

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
