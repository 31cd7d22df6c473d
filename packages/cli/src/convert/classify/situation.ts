import type { Catalog, Table } from "../catalog/catalog.ts";
import { edgeId, isUnique, type Edge } from "./edge.ts";
import { countSet, type Evidence, type TableSample } from "./evidence.ts";
import type { FoundTeams } from "./find-teams.ts";
import type { FoundUsers } from "./find-users.ts";
import { endsWithNoun, sameNoun, snakeOf, startsWithNoun, stemOf, wordsOf } from "./words.ts";

/** All that the rules of classes look at. */
export interface Situation {
  readonly catalog: Catalog;
  /** Without those that the data contradicts. */
  readonly edges: readonly Edge[];
  readonly users: FoundUsers;
  readonly teams: FoundTeams | null;
  readonly evidence: Evidence;
  /** Whether any foreign key of the database cascades: where none does, that one does not says nothing. */
  readonly cascades: boolean;
}

/** How far an edge can be trusted: a constraint wholly, a guess as far as the data bears it out. */
export function trustOf(edge: Edge, { samples }: Evidence): number {
  if (edge.source === "key") return 1;
  const sample = samples.get(edge.table.sql);
  const set = countSet(sample, edge.columns) ?? 0;
  const missing = sample?.missing.get(edgeId(edge)) ?? 0;
  if (set === 0) {
    // Rows that never use a column bear its name out no more than they contradict it.
    if (edge.source === "name" && (sample?.rows ?? 0) > 0) return 0;
    return edge.source === "schema" ? 0.88 : 0.78;
  }
  if (missing === 0) return edge.source === "schema" ? 0.97 : 0.93;
  if (missing <= set * 0.05) return 0.85;
  return missing <= set * 0.5 ? 0.6 : 0;
}

export function sampleOf(situation: Situation, table: Table): TableSample | undefined {
  return situation.evidence.samples.get(table.sql);
}

export function isUserEdge({ users }: Situation, { parent, parentColumns }: Edge): boolean {
  if (parent === users.table) return parentColumns.join() === users.key;
  return users.aliases.includes(parent) && parentColumns.join("\n") === parent.key.join("\n");
}

export function isTeamEdge({ teams }: Situation, { parent }: Edge): boolean {
  return teams !== null && parent === teams.table;
}

export function edgesFrom({ edges }: Situation, table: Table): readonly Edge[] {
  return edges.filter((edge) => edge.table === table && edge.parent !== table);
}

export function edgesTo({ edges }: Situation, table: Table): readonly Edge[] {
  return edges.filter((edge) => edge.parent === table && edge.table !== table);
}

/** The row is a part of the parent's: it cannot be without it, and goes with it or is named after it. */
export function isComposition(edge: Edge): boolean {
  return (
    edge.notNull &&
    (edge.cascade || isNamedAfter(edge) || edge.columns.every((column) => edge.table.key.includes(column)))
  );
}

/** `post_comments` of `posts`, `tags_on_posts` likewise. */
export function isNamedAfter({ table, parent }: Edge): boolean {
  const [words, noun] = [wordsOf(table.name), wordsOf(parent.name)];
  return words.includes("on") ? endsWithNoun(words, noun) : startsWithNoun(words, noun);
}

/** `order_id` of `shop_orders`, but not `cover_image_id` of `images`: pictures and the like are not what a row belongs to. */
export function saysParent({ columns, parent }: Edge): boolean {
  const [stem, words] = [stemOf(columns[0] ?? "") ?? [], wordsOf(parent.name)];
  const isPicture = /(^|_)(image|file|photo|avatar|icon|media|attachment|blob)s?$/.test(snakeOf(parent.name));
  return !isPicture && (sameNoun(words, stem) || endsWithNoun(words, stem));
}

/** Prefers the left of a join: named after it, cascading, first in the key, first in the table. Higher is better. */
export function rankOfParent(edge: Edge): number {
  const { table, columns } = edge;
  const place = table.columns.findIndex(({ name }) => name === columns[0]);
  const stem = stemOf(columns[0] ?? "") ?? [];
  const isMain =
    stem.length > 0 && !wordsOf(table.name).includes("on") && wordsOf(table.name).join("_").startsWith(stem.join("_"));
  return (
    (isNamedAfter(edge) || isMain ? 1000 : 0) +
    (edge.cascade ? 500 : 0) +
    (table.key[0] === columns[0] ? 200 : 0) -
    place
  );
}

/** Whether other rows use this table's as a list to choose from, rather than being parts of them. */
export function isChosenFrom(situation: Situation, table: Table): boolean {
  const many = edgesTo(situation, table).filter(({ unique }) => !unique);
  const isPart = (edge: Edge): boolean => {
    if (!isComposition(edge)) return false;
    const others = edgesFrom(situation, edge.table).filter((other) => other.parent !== table && isComposition(other));
    return !others.some((other) =>
      isUserEdge(situation, other) ? edge.table.columns.length <= 3 : rankOfParent(other) > rankOfParent(edge),
    );
  };
  return many.length > 0 && !many.some(isPart);
}

export function hasColumn(table: Table, pattern: RegExp): boolean {
  return table.columns.some(({ name }) => pattern.test(snakeOf(name)));
}

/** How often there is a row for a user. */
export function perUser(table: Table, edge: Edge): "one" | "per key" | "none" {
  if (isUnique(table, edge.columns)) return "one";
  const keys = table.indexes.filter(
    (index) =>
      index.unique && index.columns.length === 2 && edge.columns.every((column) => index.columns.includes(column)),
  );
  return keys.length > 0 ? "per key" : "none";
}
