import type { Level } from "../doctor/check-page.ts";
import type { Catalog, Relation } from "./catalog/catalog.ts";
import type { Answer, Value } from "./session.ts";
import type { MadeRow, Party, RowMaker, World } from "./world.ts";

/** What an attempt got hold of, in words for the report; `null`: nothing. */
export type Reach = string | null;

/** Where an attempt is made. What it does is taken back afterwards. */
export interface Place {
  readonly world: World;
  readonly catalog: Catalog;
  readonly rows: RowMaker;
  readonly relation: Relation;
  /** In whose context and as whose role statements run. Always A. */
  readonly attacker: Party;
  /** Whose row is to be reached: B in the attack itself and where protection is taken away, A where A tries its own. */
  readonly target: Party;
  /** As the runtime role, in the attacker's context. @throws pg.DatabaseError, after which nothing more can be asked but by `attempt` */
  ask(this: void, text: string, values?: readonly Value[]): Promise<Answer>;
  /** The same with an error as an answer, after which the place is as before. */
  attempt(this: void, text: string, values?: readonly Value[]): Promise<Answer | Refusal>;
  /** As whoever runs the proof, past row security. */
  look(this: void, text: string, values?: readonly Value[]): Promise<Answer>;
  /** The row of a party that was made before. @throws CannotTell */
  row(this: void, party: Party, relation?: Relation): MadeRow;
}

export interface Refusal {
  readonly sqlstate: string;
  readonly message: string;
}

/** One thing to try on one relation. */
export interface Attempt {
  /** Tells several attempts of one attack on one relation apart: a key, a column, a function. Empty for the only one. */
  readonly about: string;
  /** Where it is another than the attack's: what tells little, as a key that nobody can guess. */
  readonly level?: Level;
  /** Tries to reach the target. @throws pg.DatabaseError when the database refuses, CannotTell when it cannot be tried, NothingToReach */
  run(place: Place): Promise<Reach>;
  /** For the control that must reach: takes away what holds it beside row security and privileges, which are gone already. */
  unguard?(place: Place): Promise<void>;
  /** SQL that gives the role the privilege that the attempt needs, where it is none of the relation itself. */
  grant?(role: string): string;
}

/** One way to cross tenants, on every relation that it fits. */
export interface Attack {
  /** Stable, in reports: `delete-by-key`. */
  readonly name: string;
  /** The head of its column: "Delete by key". */
  readonly title: string;
  /** For a reviewer: what is tried and what would be a crossing. One or two sentences. */
  readonly explains: string;
  /** How bad a crossing is. */
  readonly level: Level;
  /** Reading or writing rows, learning that they exist, or getting around the context. */
  readonly family: "read" | "write" | "learn" | "context" | "power";
  /** Whether it is about the database as a whole; the relation of its place is the organizations table then. */
  readonly scope?: "database";
  /** Must run before any context was set on the connection. */
  readonly beforeContext?: boolean;
  /** What to try on a relation, or why there is nothing to try. */
  plan(relation: Relation, catalog: Catalog): readonly Attempt[] | string;
}
