import type { Table } from "../catalog/catalog.ts";
import { countRows, type TableSample } from "./evidence.ts";
import { caseId, casesOf, findPairs, valuesOf, type Case, type Pair } from "./find-polymorphic.ts";
import { edgesFrom, isTeamEdge, isUserEdge, sampleOf, type Situation } from "./situation.ts";
import { coalesceOf, stepOf, type Way } from "./way.ts";

/** More rows without a counterpart than this share, and the value means another table. */
const tolerated = 0.3;

/** The way through columns that say which table others point to; null where there are none, or no value is understood. */
export function polymorphicWay(situation: Situation, table: Table, isOwned: (parent: Table) => boolean): Way | null {
  const keys = edgesFrom(situation, table).filter(({ source }) => source === "key");
  const ways = findPairs(table, keys).flatMap((pair) => wayOfPair(situation, pair, isOwned) ?? []);
  // Whoever did something is a user, too: what it was done to says more.
  const ordered = [...ways.filter(({ ends }) => !ends), ...ways.filter(({ ends }) => ends)].map(({ way }) => way);
  const found = coalesceOf(ordered, { confidence: 1, reason: ordered.map(({ reason }) => reason).join(" ") });
  if (found === null || ordered.length === 1) return found;
  const isCertain = ordered.some(({ optional, lost }) => optional.length === 0 && (lost ?? 0) === 0);
  return { ...found, lost: isCertain ? 0 : ordered.reduce((sum, { lost = 0 }) => sum + lost, 0) };
}

/** Whether it points to nothing but users and teams. */
export function endsAtOnce({ users, teams }: Situation, { derivation }: Way): boolean {
  const ways = derivation.by === "coalesce" ? derivation.of : [derivation];
  return ways.every(
    (way) =>
      way.by === "polymorphic" &&
      way.cases.every(({ parent }) => parent === users.table.sql || parent === teams?.table.sql),
  );
}

/** `ends`: it points to nothing but users and teams. */
function wayOfPair(
  situation: Situation,
  pair: Pair,
  isOwned: (parent: Table) => boolean,
): { way: Way; ends: boolean } | null {
  const sample = sampleOf(situation, pair.table);
  const rows = countRows(sample, [pair.typeColumn, pair.idColumn], (set) => set === 2) ?? 0;
  const isEnd = ({ edge }: Case): boolean => isUserEdge(situation, edge) || isTeamEdge(situation, edge);
  const missing = (each: Case): number => sample?.missing.get(caseId(pair, each)) ?? 0;
  const cases = casesOf(pair, sample, situation.catalog.tables).filter(
    (each) =>
      (isEnd(each) || each.edge.parent === pair.table || isOwned(each.edge.parent)) &&
      missing(each) <= rows * tolerated,
  );
  const first = cases.find(({ edge }) => edge.parent !== pair.table);
  if (first === undefined) return null;
  const unknown = valuesOf(pair, sample).filter(({ value }) => !cases.some((each) => each.value === value));
  const gone = cases.reduce((sum, each) => sum + missing(each), 0);
  const lost = lostRows(sample, { pair, unknown }) + gone;
  const meanings = new Map(valuesOf(pair, sample).map(({ value, means }) => [value, means]));
  const named = (value: string): string => meanings.get(value) ?? value;
  const way: Way = {
    derivation: {
      by: "polymorphic",
      typeColumn: pair.typeColumn,
      idColumn: pair.idColumn,
      cases: cases.map((each) => caseOf(situation, each)),
    },
    step: stepOf(first.edge),
    next: first.edge.parent,
    confidence: (rows > 0 ? 0.9 : 0.78) * (lost * 2 > rows ? 0.7 : lost > 0 ? 0.9 : 1),
    reason: `${pair.typeColumn} says which table ${pair.idColumn} points to: ${cases.map(({ value }) => named(value)).join(", ")}.${unknown.length === 0 ? "" : ` No organization is found for: ${unknown.map(({ means }) => means).join(", ")}.`}${gone === 0 ? "" : ` ${gone} rows looked at point to what is gone.`}`,
    optional: pair.notNull ? [] : [pair.idColumn],
    lost,
  };
  return { way, ends: cases.every(isEnd) };
}

/** A profile has its user's key, so that a row of it says the user. */
function caseOf(situation: Situation, { value, edge }: Case): { value: string; parent: string; parentColumn: string } {
  const { users } = situation;
  return isUserEdge(situation, edge)
    ? { value, parent: users.table.sql, parentColumn: users.key }
    : { value, parent: edge.parent.sql, parentColumn: edge.parentColumns[0] ?? "" };
}

function lostRows(
  sample: TableSample | undefined,
  { pair, unknown }: { pair: Pair; unknown: readonly { readonly value: string }[] },
): number {
  const seen = sample?.values.get(pair.typeColumn) ?? [];
  return seen.reduce((sum, { value, count }) => sum + (unknown.some((each) => each.value === value) ? count : 0), 0);
}
