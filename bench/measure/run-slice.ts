import { quantile } from "./quantile.ts";
import { pick, seededRandom } from "./random.ts";

/** What one contestant did in one slice of time. */
export interface Slice {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export interface SliceOptions<Subject> {
  readonly workers: number;
  readonly durationMs: number;
  /** Whom the work is done for, one after the other, chosen at random. */
  readonly sample: readonly Subject[];
  readonly seed: number;
}

/** Does its work for one organization or person, and throws when the answer is wrong. `call` differs from call to call. */
export type Work<Subject> = (subject: Subject, call: number) => Promise<void>;

/** Each worker does one piece of work after the other until the time is over. */
export async function runSlice<Subject>(
  work: Work<Subject>,
  { workers, durationMs, sample, seed }: SliceOptions<Subject>,
): Promise<Slice> {
  const random = seededRandom(seed);
  const latencies: number[] = [];
  const begin = performance.now();
  const deadline = begin + durationMs;
  let calls = 0;
  const keepWorking = async (): Promise<void> => {
    let before = performance.now();
    // At least once, or a slow contestant would have no value in a short slice.
    do {
      await work(pick(sample, random), (calls += 1));
      const after = performance.now();
      latencies.push(after - before);
      before = after;
    } while (before < deadline);
  };
  await Promise.all(Array.from({ length: workers }, keepWorking));
  const seconds = (performance.now() - begin) / 1000;
  return { perSecond: latencies.length / seconds, p50Ms: quantile(latencies, 0.5), p95Ms: quantile(latencies, 0.95) };
}
