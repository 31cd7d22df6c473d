import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { holdScopes } from "../contestants/held-scopes.ts";
import type { BenchDatabase } from "../database/bench-database.ts";

/** What open scopes cost this process. */
export interface ScopeMemory {
  readonly scopes: number;
  readonly megabytes: number;
}

/** Opens a scope of every organization of the sample and asks one list of each, so that all that a scope keeps is there. */
export async function measureScopes(database: BenchDatabase): Promise<ScopeMemory> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const options = { ...database, connections: 8, prepare: true };
  // What is loaded and connected with the first scopes is no scope's.
  await using warm = await holdScopes({ ...options, sample: database.sample.slice(0, 20) });
  await useAll(warm, database.sample.slice(0, 20));
  collect();
  const before = usedBytes();
  await using scopes = await holdScopes(options);
  await useAll(scopes, database.sample);
  collect();
  return { scopes: database.sample.length, megabytes: (usedBytes() - before) / 1024 / 1024 };
}

async function useAll(
  { tenantOf }: Awaited<ReturnType<typeof holdScopes>>,
  sample: BenchDatabase["sample"],
): Promise<void> {
  for (const organization of sample)
    await tenantOf(organization).db.selectFrom("projects").select("id").limit(20).execute();
}

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
