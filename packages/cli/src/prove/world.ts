import type { Catalog, Relation } from "./catalog/catalog.ts";
import type { Session, Value } from "./session.ts";

/** One of the two organizations that were made for the proof. */
export interface Party {
  readonly name: "A" | "B";
  readonly organizationId: string;
}

/** What an INSERT names; columns that are not named get their defaults. */
export type Values = Readonly<Record<string, Value>>;

/** A row that is there. */
export interface MadeRow {
  readonly relation: Relation;
  /** Every column, as text, as it stands in the table. */
  readonly values: Values;
  /** The columns that tell it from all others: a primary or unique key without nulls, else all that are not null. */
  readonly key: readonly string[];
}

/** Makes rows that a schema accepts. */
export interface RowMaker {
  /**
   * Values of one more row of a party that fits every constraint, belongs to the party's parents and collides with no row that is there;
   * not inserted. `given` are columns whose values are decided already.
   *
   * @throws CannotTell with the constraint that could not be satisfied
   */
  compose(relation: Relation, party: Party, given?: Values): Promise<Values>;
  /** @throws CannotTell when the database refuses it after all */
  insert(relation: Relation, values: Values): Promise<MadeRow>;
  /** Takes a party's rows out of every table, in an order that no constraint minds. */
  removeAll(party: Party): Promise<void>;
}

/** Two organizations with a row in each tenant table, in a transaction that will not be committed. */
export interface World {
  readonly session: Session;
  readonly catalog: Catalog;
  readonly a: Party;
  readonly b: Party;
  readonly rows: RowMaker;
  /** @throws CannotTell with the reason why it could not be made */
  row(party: Party, relation: Relation): MadeRow;
}
