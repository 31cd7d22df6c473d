import type { ForeignKey, Relation } from "../catalog/catalog.ts";
import type { Session, Value } from "../session.ts";
import type { Party, Values } from "../world.ts";

/** Where a row gets from what is not its own. */
export interface Surroundings {
  readonly session: Session;
  /** Whether triggers and foreign keys can be switched off. */
  readonly canReplicate: boolean;
  /** Values that a person gave for a table's columns. */
  valuesFor(relation: Relation): Values;
  /** The organization that rows of a party belong to. */
  tenantOf(party: Party): Value;
  isOrganizations(relation: Relation): boolean;
  /** Values of the parent's columns that a foreign key is to carry; `null` when there is no parent (yet). @throws CannotTell */
  parentOf(key: ForeignKey, wanted: ParentWish): Promise<Values | null>;
  /** Takes a row of the party out of the way that has these values; `false` when it must stay. */
  makeRoom(relation: Relation, party: Party, taken: Values): Promise<boolean>;
}

/** What a parent must be. */
export interface ParentWish {
  readonly relation: Relation;
  readonly party: Party;
  /** Columns of the parent that are decided by columns that other keys share. */
  readonly matching: Values;
  readonly fresh: boolean;
  /** Nothing can stand in its place. */
  readonly needed: boolean;
}
