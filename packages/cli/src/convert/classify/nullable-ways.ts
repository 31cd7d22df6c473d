import type { Table } from "../catalog/catalog.ts";
import type { Edge } from "./edge.ts";
import { countRows, countSet } from "./evidence.ts";
import { isNamedAfter, isTeamEdge, isUserEdge, sampleOf, type Situation } from "./situation.ts";
import { coalesceOf, wayAlong, type Way } from "./way.ts";

/** What a row of a table may say of its owner. */
interface NullableEnds {
  readonly situation: Situation;
  readonly table: Table;
  readonly team: Edge | null;
  readonly owner: Edge | null;
  readonly parents: readonly Edge[];
}

/** Nothing is certain to be set: what the rows do decides, and where there are none, what the checks allow. */
export function nullableWays({ situation, table, team, owner, parents }: NullableEnds): Way | null {
  const sample = sampleOf(situation, table);
  const close = parents.filter((edge) => edge.cascade || isNamedAfter(edge));
  const edges = [team, ...close, owner, ...parents.filter((edge) => !close.includes(edge))].filter(
    (edge) => edge !== null,
  );
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
  const columns = used.map((edge) => edge.columns[0] ?? "");
  const isExclusive =
    used.length > 1 &&
    (table.checks.some((check) => columns.filter((column) => check.columns.includes(column)).length > 1) ||
      (rows > 0 && countRows(sample, columns, (count) => count > 1) === 0));
  const isTeamless = always === owner && team !== null;
  if (always !== undefined && !isExclusive && !isTeamless)
    return wayAlong(situation, always, {
      confidence: isUserEdge(situation, always) ? 0.9 : 0.85,
      reason: `${always.columns.join(", ")} may be NULL, but never is.`,
    });
  const ways = used.map((edge) => nullableWay(situation, edge, { rows, set: set(edge), isExclusive }));
  return coalesceOf(ways, {
    confidence: isExclusive ? 0.93 : 0.85,
    reason: isExclusive
      ? `Exactly one of ${columns.join(", ")} is set: it belongs to that one.`
      : `It belongs to the first that is set of ${ways.map(({ step }) => step.from.split(".").at(-1)).join(", ")}.`,
  });
}

function nullableWay(
  situation: Situation,
  edge: Edge,
  { rows, set, isExclusive }: { rows: number; set: number; isExclusive: boolean },
): Way {
  const ownerLike = isUserEdge(situation, edge) || isTeamEdge(situation, edge);
  const often = rows === 0 ? edge.cascade || isNamedAfter(edge) : set >= rows / 2;
  const confidence = ownerLike || isExclusive ? 0.9 : often ? 0.8 : 0.62;
  return wayAlong(situation, edge, {
    confidence,
    reason: `${edge.columns.join(", ")} says whose it is, where it is set.`,
  });
}
