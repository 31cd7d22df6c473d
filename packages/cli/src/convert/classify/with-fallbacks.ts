import type { Table } from "../catalog/catalog.ts";
import type { Derivation } from "../plan.ts";
import type { Edge } from "./edge.ts";
import { countRows } from "./evidence.ts";
import { sampleOf, type Situation } from "./situation.ts";
import { coalesceOf, wayAlong, type Way } from "./way.ts";
import { roleOfUserColumn } from "./words.ts";

interface Fallbacks {
  readonly situation: Situation;
  readonly table: Table;
  /** Who did something to the row. */
  readonly actor: Edge | null;
}

/** Where whoever made a row is always known, no row is lost, whatever else it may say of itself. */
const atLeast = 0.72;

/**
 * A way that does not lead on from every row, with what leads on from the others: a row of the same table that it hangs on, and at last
 * whoever is always said to have made it.
 */
export function withFallbacks(way: Way, { situation, table, actor }: Fallbacks): Way {
  if (way.optional.length === 0 && (way.lost ?? 0) === 0) return way;
  const inherited = withParents(way, situation, table);
  const isCreated = actor?.notNull === true && roleOfUserColumn(actor.columns[0] ?? "") === "creator";
  // Where an owner may be left out on purpose, whoever made the row is none.
  if (!isCreated || namesOwner(way.derivation)) return inherited;
  const created = wayAlong(situation, actor, { confidence: 0.9, reason: "" });
  const whole = joined(inherited, created, {
    confidence: inherited.confidence,
    reason: `${inherited.reason} Where that says nothing, it belongs to whoever made it (${actor.columns.join(", ")}).`,
    lost: 0,
  });
  return { ...whole, confidence: Math.max(whole.confidence, Math.min(atLeast, created.confidence)) };
}

/** Only the root of a tree may say whose it is: what hangs on it is found step by step. */
function withParents(way: Way, situation: Situation, table: Table): Way {
  const sample = sampleOf(situation, table);
  const none = (columns: readonly string[]): number | null => countRows(sample, columns, (set) => set === 0);
  let best = way;
  for (const edge of situation.edges) {
    if (edge.table !== table || edge.parent !== table || edge.unique || best.optional.length === 0) continue;
    const [before, after] = [none(best.optional), none([...best.optional, ...edge.columns])];
    if (before !== null && after !== null && sample !== undefined && sample.rows > 0 && after === before) continue;
    const step = wayAlong(situation, edge, { confidence: way.confidence, reason: "" });
    best = joined(best, step, {
      confidence: best.confidence,
      reason: `${best.reason} Where that is not said, it belongs where the row is that it hangs on (${edge.columns.join(", ")}).`,
    });
  }
  return best;
}

function joined(
  first: Way,
  second: Way,
  { confidence, reason, lost }: { confidence: number; reason: string; lost?: number },
): Way {
  const whole = coalesceOf([...flat(first), second], { confidence, reason });
  return whole === null ? first : { ...whole, step: first.step, next: first.next, lost: lost ?? first.lost ?? 0 };
}

/** One coalesce in place of one within another. */
function flat(way: Way): readonly Way[] {
  return way.derivation.by === "coalesce" ? way.derivation.of.map((derivation) => ({ ...way, derivation })) : [way];
}

function namesOwner(derivation: Derivation): boolean {
  return derivation.by === "coalesce"
    ? derivation.of.some(namesOwner)
    : derivation.by === "user" || derivation.by === "team";
}
