import type { ForeignKey, Relation } from "../catalog/catalog.ts";
import type { Value } from "../session.ts";
import type { Party, Values } from "../world.ts";

/** A row on its way: what is decided, and what was learnt from the attempts so far. */
export interface Draft {
  readonly relation: Relation;
  readonly party: Party;
  /** Nobody may change these. */
  readonly given: Values;
  /** Values that collided. */
  readonly banned: Map<string, Set<Value>>;
  /** Optional columns that made the database refuse the row. */
  readonly leftOut: Set<string>;
  /** Optional columns that it asked for. */
  readonly asked: Set<string>;
  /** Foreign keys that need a parent of this row alone. */
  readonly fresh: Set<string>;
  /** Those parents, once they are made. */
  readonly parents: Map<string, Values>;
  /** A row that is in the table already; `null` while it is not asked for what it has. */
  template: Values | null;
  /** Foreign keys that stay null. */
  readonly unlinked: Set<string>;
}

export function draftRow(relation: Relation, party: Party, given: Values): Draft {
  return {
    relation,
    party,
    given,
    banned: new Map(),
    leftOut: new Set(),
    asked: new Set(),
    fresh: new Set(),
    parents: new Map(),
    template: null,
    unlinked: new Set(),
  };
}

export function ban({ banned }: Draft, column: string, value: Value): void {
  const values = banned.get(column) ?? new Set<Value>();
  banned.set(column, values.add(value));
}

/** The columns of a foreign key that may be null. */
export function optionalColumns({ relation }: Draft, { columns }: ForeignKey): readonly string[] {
  return columns.filter((name) => relation.columns.some((column) => column.name === name && !column.notNull));
}
