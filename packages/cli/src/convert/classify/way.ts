import type { Table } from "../catalog/catalog.ts";
import type { Derivation, PathStep } from "../plan.ts";
import type { Edge } from "./edge.ts";
import { isTeamEdge, isUserEdge, trustOf, type Situation } from "./situation.ts";

/** A way from a table to its owner, and how sure it is. */
export interface Way {
  readonly derivation: Derivation;
  readonly step: PathStep;
  /** Where the way goes on. */
  readonly next: Table;
  readonly confidence: number;
  readonly reason: string;
  /** Columns of which one at least must be set for the way to lead anywhere; empty where it always does. */
  readonly optional: readonly string[];
  /** Rows looked at for which it leads nowhere though the columns are set. */
  readonly lost?: number;
}

/** The way along an edge. `confidence` is what it would be were the edge certain. */
export function wayAlong(
  situation: Situation,
  edge: Edge,
  { confidence, reason }: { confidence: number; reason: string },
): Way {
  const trust = trustOf(edge, situation.evidence);
  return {
    derivation: derivationOf(situation, edge),
    step: stepOf(edge),
    next: edge.parent,
    confidence: Math.round(confidence * trust * 100) / 100,
    reason: edge.source === "key" ? reason : `${reason} ${whyTrusted(trust, edge)}`,
    optional: edge.notNull ? [] : edge.columns,
  };
}

export function derivationOf(situation: Situation, edge: Edge): Derivation {
  const [column = ""] = edge.columns;
  if (isUserEdge(situation, edge)) return { by: "user", column };
  if (isTeamEdge(situation, edge)) return { by: "team", column };
  return { by: "parent", columns: edge.columns, parent: edge.parent.sql, parentColumns: edge.parentColumns };
}

export function stepOf({ table, columns, parent, parentColumns }: Edge): PathStep {
  return { from: `${table.sql}.${columnsText(columns)}`, to: `${parent.sql}.${columnsText(parentColumns)}` };
}

/** As SQL writes them. */
export function columnsText(columns: readonly string[]): string {
  const quoted = columns.map((column) =>
    /^[a-z_][a-z0-9_$]*$/.test(column) ? column : `"${column.replaceAll('"', '""')}"`,
  );
  return quoted.length === 1 ? (quoted[0] ?? "") : `(${quoted.join(", ")})`;
}

/** The first that gives an owner. */
export function coalesceOf(
  ways: readonly Way[],
  { confidence, reason }: { confidence: number; reason: string },
): Way | null {
  const [first] = ways;
  if (first === undefined || ways.length === 1) return first ?? null;
  const least = Math.min(confidence, ...ways.map((way) => way.confidence));
  return {
    ...first,
    derivation: { by: "coalesce", of: ways.map(({ derivation }) => derivation) },
    confidence: least,
    reason,
    optional: ways.some(({ optional }) => optional.length === 0) ? [] : ways.flatMap(({ optional }) => optional),
  };
}

function whyTrusted(trust: number, { source }: Edge): string {
  const from = source === "schema" ? "The ORM's schema says so" : "No foreign key says so: the column's name does";
  if (trust >= 0.9) return `${from}, and every row looked at has its counterpart.`;
  if (trust === 0.85) return `${from}; a few rows looked at have no counterpart.`;
  return trust === 0.6
    ? `${from}, but many rows looked at have no counterpart.`
    : `${from}; there is no row to confirm it.`;
}
