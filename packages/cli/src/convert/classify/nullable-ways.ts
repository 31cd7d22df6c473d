import type { Table } from "../catalog/catalog.ts";
import type { Edge } from "./edge.ts";
import { askData } from "./ask-data.ts";
import { countRows, countSet, type Comparison } from "./evidence.ts";
import { isNamedAfter, isTeamEdge, isUserEdge, sampleOf, saysParent, type Situation } from "./situation.ts";
import { coalesceOf, wayAlong, type Way } from "./way.ts";
import { snakeOf } from "./words.ts";

const saysRemark = /(^|_)(comment|note|reply|replie|reaction|annotation|review|remark|vote|like)s?$/;

/** What a row of a table may say of its owner. */
interface NullableEnds {
  readonly situation: Situation;
  readonly table: Table;
  readonly team: Edge | null;
  readonly owner: Edge | null;
  readonly parents: readonly Edge[];
  /** Those of them that may be everybody's. */
  readonly mixed: readonly Edge[];
  readonly wanted: Comparison[];
}

/** Nothing is certain to be set: what the rows do decides, and where there are none, what the checks allow. */
export function nullableWays(ends: NullableEnds): Way | null {
  const { situation, table, team, owner } = ends;
  const sample = sampleOf(situation, table);
  const isClose = (edge: Edge): boolean => edge.cascade || isNamedAfter(edge);
  // What is chosen from a list that is everybody's in part says nothing of whose the row is.
  const parents = ends.parents.filter((edge) => isClose(edge) || !ends.mixed.includes(edge));
  const [close, loose] = [parents.filter(isClose), parents.filter((edge) => !isClose(edge))];
  const edges = [team, ...close, owner, ...loose].filter((edge) => edge !== null);
  if (edges.length === 0) return null;
  const set = (edge: Edge): number => countSet(sample, edge.columns) ?? 0;
  const rows = sample?.rows ?? 0;
  const always = edges.find((edge) => rows > 0 && set(edge) === rows);
  // Without a row the ones that cascade say most; with rows those that were ever set.
  const seen = edges.filter((edge) =>
    rows > 0 ? set(edge) > 0 : edge === team || edge === owner || edge.cascade || isNamedAfter(edge),
  );
  const used =
    seen.length === 0
      ? edges
      : team !== null && !seen.includes(team) && owner !== null && seen.includes(owner)
        ? [team, ...seen]
        : seen;
  const all = used.map((edge) => edge.columns[0] ?? "");
  const isExclusive =
    used.length > 1 &&
    (table.checks.some((check) => all.filter((column) => check.columns.includes(column)).length > 1) ||
      (rows > 0 && countRows(sample, all, (count) => count > 1) === 0));
  const whole = owner === null ? undefined : wholeOfRemark(ends, owner, loose);
  if (whole !== undefined && !isExclusive) return whole;
  const isTeamless = always === owner && team !== null;
  if (always !== undefined && !isExclusive && !isTeamless)
    return wayAlong(situation, always, {
      confidence: isUserEdge(situation, always) ? 0.9 : 0.85,
      reason: `${always.columns.join(", ")} may be NULL, but never is.`,
    });
  // Where an owner may be named, what a row refers to besides is no other way to one.
  const kept =
    isExclusive || owner === null || !used.includes(owner) ? used : used.filter((edge) => !loose.includes(edge));
  const columns = kept.map((edge) => edge.columns[0] ?? "");
  const ways = kept.map((edge) =>
    nullableWay(situation, edge, { rows, set: set(edge), isExclusive, isSingle: kept.length === 1 }),
  );
  return coalesceOf(ways, {
    confidence: isExclusive ? 0.93 : 0.85,
    reason: isExclusive
      ? `Exactly one of ${columns.join(", ")} is set: it belongs to that one.`
      : `It belongs to the first that is set of ${ways.map(({ step }) => step.from.split(".").at(-1)).join(", ")}.`,
  });
}

/** What somebody leaves on a row of somebody else's is a part of that row, though neither is ever NOT NULL. */
function wholeOfRemark(
  { situation, table, wanted }: NullableEnds,
  owner: Edge,
  loose: readonly Edge[],
): Way | undefined {
  const sample = sampleOf(situation, table);
  const rows = sample?.rows ?? 0;
  const isAlways = (edge: Edge): boolean => rows > 0 && countSet(sample, edge.columns) === rows;
  const whole = loose.find(isAlways);
  if (whole !== undefined && isAlways(owner)) {
    const agreement = askData({ situation, table, wanted }, whole, owner);
    if (agreement === undefined || agreement.differ === 0) return undefined;
    return wayAlong(situation, whole, {
      confidence: 0.82,
      reason: `It belongs to ${whole.parent.sql}: ${agreement.differ} of ${agreement.both} rows looked at have another user than what they belong to.`,
    });
  }
  const [first] = loose;
  if (rows > 0 || first === undefined || !saysRemark.test(snakeOf(table.name))) return undefined;
  const ways = [first, owner].map((edge) => wayAlong(situation, edge, { confidence: 0.75, reason: "" }));
  return (
    coalesceOf(ways, { confidence: 0.75, reason: `By its name it is left on a row of ${first.parent.sql}.` }) ??
    undefined
  );
}

function nullableWay(
  situation: Situation,
  edge: Edge,
  { rows, set, isExclusive, isSingle }: { rows: number; set: number; isExclusive: boolean; isSingle: boolean },
): Way {
  const ownerLike = isUserEdge(situation, edge) || isTeamEdge(situation, edge);
  const isOnly = isSingle && !situation.cascades && saysParent(edge);
  const often = rows === 0 ? edge.cascade || isNamedAfter(edge) || isOnly : set >= rows / 2;
  const confidence = ownerLike || isExclusive ? 0.9 : often ? 0.8 : 0.62;
  return wayAlong(situation, edge, {
    confidence,
    reason: `${edge.columns.join(", ")} says whose it is, where it is set.`,
  });
}
