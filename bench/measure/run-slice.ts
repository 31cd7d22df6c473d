import { pageSize, type Contestant } from "../contestants/contestant.ts";
import type { BenchOrganization } from "../database/bench-database.ts";
import { quantile } from "./quantile.ts";
import { pick, seededRandom } from "./random.ts";

/** What one contestant did in one slice of time. */
export interface Slice {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export interface SliceOptions {
  readonly workers: number;
  readonly durationMs: number;
  readonly sample: readonly BenchOrganization[];
  readonly seed: number;
}

/** Each worker asks for one random organization after the other until the time is over. */
export async function runSlice(
  contestant: Contestant,
  { workers, durationMs, sample, seed }: SliceOptions,
): Promise<Slice> {
  const random = seededRandom(seed);
  const latencies: number[] = [];
  const begin = performance.now();
  const deadline = begin + durationMs;
  const work = async (): Promise<void> => {
    let before = performance.now();
    while (before < deadline) {
      const organization = pick(sample, random);
      const rows = await contestant.listNewest(organization);
      const after = performance.now();
      assertRows(contestant, organization, rows);
      latencies.push(after - before);
      before = after;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const seconds = (performance.now() - begin) / 1000;
  return { perSecond: latencies.length / seconds, p50Ms: quantile(latencies, 0.5), p95Ms: quantile(latencies, 0.95) };
}

function assertRows(
  contestant: Contestant,
  organization: BenchOrganization,
  rows: readonly { readonly name: string }[],
): void {
  if (rows.length === pageSize && rows[0]?.name === organization.newestName) return;
  throw new Error(
    `${contestant.name} gave ${rows.length} rows beginning with "${rows[0]?.name}" for ${organization.slug}; ` +
      `expected ${pageSize} beginning with "${organization.newestName}".`,
  );
}
