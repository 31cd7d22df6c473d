import { withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import { migrate } from "rowhouse/migrations";
import { tables, type BenchDatabase } from "./bench-database.ts";

/** Guards nothing but the benchmark. */
export const sealKey = "a key of the benchmark with more than 32 characters";

const name = "bench_sealed";

/** The same database by its sealed copy. Both have the same rows, with the same ids. */
export function toSealed(url: string): string {
  return withDatabase(url, name);
}

/** A copy of the database, whose contexts are sealed. Nobody may be connected to the original. */
export async function sealDatabase(serverUrl: string, { adminUrl }: BenchDatabase): Promise<void> {
  const original = decodeURIComponent(new URL(adminUrl).pathname.slice(1));
  await withAdminClient(serverUrl, (client) => client.query(`create database ${name} template ${original}`));
  await migrate({ adminUrl: toSealed(adminUrl), tables, seal: { keys: [sealKey] } });
}
