import type { Table } from "../catalog/catalog.ts";
import type { Edge } from "./edge.ts";
import { askData } from "./ask-data.ts";
import { doubtOwner } from "./doubt-owner.ts";
import { comparisonId, countSet, type Comparison } from "./evidence.ts";
import { nullableWays } from "./nullable-ways.ts";
import { endsAtOnce, polymorphicWay } from "./polymorphic-way.ts";
import { referrerWay } from "./referrer-way.ts";
import {
  edgesFrom,
  hasColumn,
  isComposition,
  isNamedAfter,
  isTeamEdge,
  isUserEdge,
  rankOfParent,
  sampleOf,
  type Situation,
} from "./situation.ts";
import { coalesceOf, derivationOf, wayAlong, type Way } from "./way.ts";
import { withFallbacks } from "./with-fallbacks.ts";
import { roleOfUserColumn, sameNoun, snakeOf, stemOf, wordsOf } from "./words.ts";

/** What is known of a parent: whether a way leads on from it, and whether for each of its rows. */
export type Standing = "owned" | "mixed" | "none";

/** The ways there are for a table. */
export interface Choice {
  readonly best: Way | null;
  /** Others that a person may prefer. */
  readonly others: readonly Way[];
  /** Questions to the data that would make it surer. */
  readonly wanted: readonly Comparison[];
}

interface Ends {
  readonly situation: Situation;
  readonly table: Table;
  readonly team: Edge | null;
  /** The best that names an owner, and the best of those that name somebody who did something. */
  readonly owner: Edge | null;
  readonly actor: Edge | null;
  readonly parents: readonly Edge[];
  /** Those of them that may be everybody's. */
  readonly mixed: readonly Edge[];
  readonly wanted: Comparison[];
}

/** Chooses by structure first, then by data, then by names. */
export function chooseWay(situation: Situation, table: Table, standing: (parent: Table) => Standing): Choice {
  const isOwned = (parent: Table): boolean => standing(parent) !== "none";
  const ends = endsOf(situation, table, standing);
  const polymorphic = polymorphicWay(situation, table, isOwned);
  const behind =
    ends.actor !== null && roleOfUserColumn(ends.actor.columns[0] ?? "") !== "creator"
      ? referrerWay(situation, table, isOwned)
      : null;
  const best =
    throughComposition(ends) ??
    throughTeam(ends) ??
    throughPolymorphic(ends, polymorphic) ??
    throughOwner(ends) ??
    throughWeakParent(ends) ??
    nullableWays(ends) ??
    behind ??
    throughActor(ends);
  const whole = best === null ? null : withFallbacks(best, ends);
  return { best: whole, others: alternativesOf(ends, polymorphic), wanted: ends.wanted };
}

function endsOf(situation: Situation, table: Table, standing: (parent: Table) => Standing): Ends {
  const edges = edgesFrom(situation, table);
  const toUser = edges.filter((edge) => isUserEdge(situation, edge));
  const roles = toUser.map((edge) => ({ edge, role: roleOfUserColumn(edge.columns[0] ?? "") }));
  const owners = roles.filter(({ role }) => role === "owner").map(({ edge }) => edge);
  const order = ["creator", "grantee", "actor"];
  const actors = roles
    .filter(({ role }) => role !== "owner")
    .sort(
      (left, right) =>
        Number(right.edge.notNull) - Number(left.edge.notNull) || order.indexOf(left.role) - order.indexOf(right.role),
    );
  const parents = edges.filter(
    (edge) => !isUserEdge(situation, edge) && !isTeamEdge(situation, edge) && standing(edge.parent) !== "none",
  );
  // A parent that may be everybody's says less than any other way does.
  const sure = parents.filter((edge) => standing(edge.parent) === "owned");
  const isElsewhere = sure.some(({ notNull }) => notNull) || owners.some(({ notNull }) => notNull);
  return {
    situation,
    table,
    team: edges.find((edge) => isTeamEdge(situation, edge)) ?? null,
    owner: [...owners].sort((left, right) => rankOfOwner(right) - rankOfOwner(left))[0] ?? null,
    actor: actors[0]?.edge ?? null,
    parents: [...(isElsewhere ? sure : parents)].sort((left, right) => rankOfParent(right) - rankOfParent(left)),
    mixed: parents.filter((edge) => !sure.includes(edge)),
    wanted: [],
  };
}

function rankOfOwner({ notNull, columns }: Edge): number {
  const name = snakeOf(columns[0] ?? "");
  return (notNull ? 10 : 0) + (/^(owner|owned_by)/.test(name) ? 3 : 0) + (/^user(_id|id)?$/.test(name) ? 2 : 0);
}

function throughComposition({ situation, table, parents, team, owner, wanted }: Ends): Way | null {
  const strong = parents.filter(isComposition);
  const [edge, second] = strong;
  // A row that says its team itself need not ask its parent.
  if (edge === undefined || team?.notNull === true) return null;
  for (const other of [second, owner])
    if (other !== undefined && other !== null) askData({ situation, table, wanted }, edge, other);
  const what = second === undefined ? "It is a part of" : "It joins two; it belongs to the left,";
  return wayAlong(situation, edge, {
    confidence: edge.cascade || isNamedAfter(edge) ? 0.96 : 0.9,
    reason: `${what} ${edge.parent.sql}, without which it cannot be${edge.cascade ? " and with which it is deleted" : ""}.`,
  });
}

function throughTeam(ends: Ends): Way | null {
  const { situation, team, owner } = ends;
  if (team === null) return null;
  const direct = wayAlong(situation, team, {
    confidence: 0.96,
    reason: `It says which of ${team.parent.sql} it belongs to.`,
  });
  if (team.notNull) return direct;
  if (owner === null || !owner.notNull) return throughTeamOrParent(ends, direct);
  return coalesceOf([direct, wayAlong(situation, owner, { confidence: 0.95, reason: "" })], {
    confidence: 0.93,
    reason: `Rows with ${team.columns.join(", ")} belong to the team, all others to their user.`,
  });
}

/** A row that may say its team says more by that than by what it refers to, as a link by its domain. */
function throughTeamOrParent({ situation, team, owner, parents }: Ends, direct: Way): Way | null {
  const weak = parents.find(({ notNull }) => notNull);
  if (team === null || weak === undefined) return null;
  const sample = sampleOf(situation, team.table);
  if ((sample?.rows ?? 0) > 0 && countSet(sample, team.columns) === 0) return null;
  const others = [owner, weak].filter((edge) => edge !== null);
  return coalesceOf([direct, ...others.map((edge) => wayAlong(situation, edge, { confidence: 0.9, reason: "" }))], {
    confidence: 0.85,
    reason: `It belongs to the first that is set of ${[team, ...others].flatMap(({ columns }) => columns).join(", ")}.`,
  });
}

function throughPolymorphic({ situation, table, owner, actor, parents, wanted }: Ends, way: Way | null): Way | null {
  if (way === null) return null;
  // Where it points to nothing but users, a column that always names one says no less.
  if (endsAtOnce(situation, way) && (owner?.notNull === true || actor?.notNull === true)) return null;
  if (owner === null || !owner.notNull) return way.optional.length === 0 || parents.length === 0 ? way : null;
  const comparison = { table: table.sql, left: way.derivation, right: derivationOf(situation, owner) };
  wanted.push(comparison);
  const agreement = situation.evidence.agreements.get(comparisonId(comparison));
  if (agreement !== undefined && agreement.both > 0 && agreement.differ === 0) return null;
  // Of what need not point to anything, as lines of a log, the one whose it always says is the owner.
  return agreement === undefined || agreement.both === 0 || way.optional.length > 0 ? null : way;
}

/** A row with its own user, who is its owner unless the data or the shape says that it hangs on a parent of somebody else's. */
function throughOwner(ends: Ends): Way | null {
  const { situation, table, owner, parents } = ends;
  if (owner === null || !owner.notNull) return null;
  const direct = wayAlong(situation, owner, {
    confidence: 0.97,
    reason: `${owner.columns.join(", ")} says whose it is.`,
  });
  const weak = parents.find(({ notNull }) => notNull);
  if (weak === undefined) return doubtOwner(situation, table, direct);
  const agreement = askData(ends, weak, owner);
  const isJoin = table.indexes.some(
    (index) =>
      index.unique &&
      [...weak.columns, ...owner.columns].every((column) => index.columns.includes(column)) &&
      index.columns.length <= 3,
  );
  if (agreement !== undefined && agreement.both > 0) {
    if (agreement.differ === 0 && !isJoin) return direct;
    const joins = `It joins a user to ${weak.parent.sql} and belongs to the side that is shared.`;
    if (agreement.differ === 0) return wayAlong(situation, weak, { confidence: 0.85, reason: joins });
    return wayAlong(situation, weak, {
      confidence: 0.82,
      reason: `It belongs to ${weak.parent.sql}: ${agreement.differ} of ${agreement.both} rows looked at have another user than what they belong to.`,
    });
  }
  if (isJoin)
    return wayAlong(situation, weak, {
      confidence: 0.85,
      reason: `It joins a user to ${weak.parent.sql} and belongs to the side that is shared.`,
    });
  return situation.cascades
    ? { ...direct, confidence: Math.min(direct.confidence, 0.85) }
    : { ...direct, confidence: Math.min(direct.confidence, 0.75) };
}

function throughWeakParent({ situation, parents }: Ends): Way | null {
  const weak = parents.find(({ notNull }) => notNull);
  if (weak === undefined) return null;
  const isSaid = parents.length === 1 && sameNoun(stemOf(weak.columns[0] ?? "") ?? [], wordsOf(weak.parent.name));
  return wayAlong(situation, weak, {
    confidence: isSaid ? 0.9 : 0.88,
    reason: `Every row refers to one of ${weak.parent.sql}.`,
  });
}

/** Whoever made a row owns it where nothing else says whose it is. */
function throughActor(ends: Ends): Way | null {
  const { situation, table, actor } = ends;
  if (actor === null) return null;
  const column = actor.columns[0] ?? "";
  const role = roleOfUserColumn(column);
  const sample = sampleOf(situation, table);
  const always =
    actor.notNull || (sample !== undefined && sample.rows > 0 && countSet(sample, actor.columns) === sample.rows);
  const isOnly = edgesFrom(situation, table).filter((edge) => isUserEdge(situation, edge)).length === 1;
  const base = role === "creator" ? (isOnly ? 0.9 : 0.86) : isOnly ? 0.74 : 0.72;
  const isKept = hasColumn(table, /^(code|iso|iso_code|symbol)$/);
  return doubtOwner(
    situation,
    table,
    wayAlong(situation, actor, {
      confidence: isKept ? 0.55 : always ? base : role === "creator" ? 0.72 : 0.55,
      reason: `Nothing else says whose it is than ${column}.`,
    }),
  );
}

function alternativesOf(
  { situation, table, team, owner, actor, parents }: Ends,
  polymorphic: Way | null,
): readonly Way[] {
  const users = edgesFrom(situation, table).filter((edge) => edge.notNull && isUserEdge(situation, edge));
  const edges = [...parents, team, owner, actor, ...users].filter((edge) => edge !== null);
  const ways = [...new Set(edges)].map((edge) => wayAlong(situation, edge, { confidence: 0.5, reason: "" }));
  return polymorphic === null ? ways : [...ways, polymorphic];
}
