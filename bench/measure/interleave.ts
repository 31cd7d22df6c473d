import { median } from "./quantile.ts";
import { seededRandom, shuffle } from "./random.ts";
import type { Slice } from "./run-slice.ts";

export interface Pace {
  readonly rounds: number;
  readonly sliceMs: number;
  readonly warmUpMs: number;
}

/** One runner of slices; the first of a list is the limit that the others are compared with. */
export interface Lane {
  readonly name: string;
  run(durationMs: number, seed: number): Promise<Slice>;
}

/** Medians over the rounds. The ratios are taken within a round, where the machine was the same for both, then their median. */
export interface LaneResult extends Slice {
  readonly name: string;
  readonly throughputRatio: number;
  readonly latencyRatio: number;
}

/** Runs the lanes in turns, in another random order each round, so that a slow moment of the machine hits all alike. */
export async function interleave(lanes: readonly Lane[], pace: Pace): Promise<LaneResult[]> {
  for (const [index, lane] of lanes.entries()) await lane.run(pace.warmUpMs, index);
  const random = seededRandom(lanes.length);
  const rounds: Map<Lane, Slice>[] = [];
  for (let round = 1; round <= pace.rounds; round += 1) {
    const slices = new Map<Lane, Slice>();
    // The same seed for all: in one round every lane asks for the same organizations.
    for (const lane of shuffle(lanes, random)) slices.set(lane, await lane.run(pace.sliceMs, round));
    rounds.push(slices);
  }
  const [limit] = lanes;
  if (limit === undefined) return [];
  return lanes.map((lane) => summarize(lane, limit, rounds));
}

function summarize(lane: Lane, limit: Lane, rounds: readonly Map<Lane, Slice>[]): LaneResult {
  const pairs = rounds.map((slices) => ({ own: getSlice(slices, lane), limit: getSlice(slices, limit) }));
  return {
    name: lane.name,
    perSecond: median(pairs.map(({ own }) => own.perSecond)),
    p50Ms: median(pairs.map(({ own }) => own.p50Ms)),
    p95Ms: median(pairs.map(({ own }) => own.p95Ms)),
    throughputRatio: median(pairs.map((pair) => pair.own.perSecond / pair.limit.perSecond)),
    latencyRatio: median(pairs.map((pair) => pair.own.p50Ms / pair.limit.p50Ms)),
  };
}

function getSlice(slices: ReadonlyMap<Lane, Slice>, lane: Lane): Slice {
  const slice = slices.get(lane);
  if (slice === undefined) throw new Error(`"${lane.name}" did not run in a round.`);
  return slice;
}
