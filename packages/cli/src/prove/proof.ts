import type { Level } from "../doctor/check-page.ts";

export type Verdict = "held" | "crossed" | "inconclusive";

/** One attempt of one attack on one object, with its controls. */
export interface Cell {
  readonly role: string;
  readonly attack: string;
  /** `schema.table`, or "database" for what is no relation's. */
  readonly object: string;
  /** Tells several cells of one attack and object apart; may be empty. */
  readonly about: string;
  readonly level: Level;
  readonly verdict: Verdict;
  /** What held it: row security, a privilege, a constraint, or Postgres itself. `null` unless it held. */
  readonly heldBy: string | null;
  /** What came of it, in words: what was reached, how it was refused, or why nothing can be said. */
  readonly detail: string;
  /** What the same attempt reached where it had to: on A's own row, and on B's with the protection taken away. */
  readonly controls: { readonly own: string | null; readonly unprotected: string | null };
  /** The same for the same cell in every run. */
  readonly cacheKey: string;
}

/** Nothing of this attack fits the object. */
export interface NotApplicable {
  readonly attack: string;
  readonly object: string;
  readonly reason: string;
}

export interface Proof {
  readonly roles: readonly string[];
  readonly attacks: readonly {
    readonly name: string;
    readonly title: string;
    readonly explains: string;
    readonly family: string;
  }[];
  readonly objects: readonly string[];
  readonly cells: readonly Cell[];
  readonly notApplicable: readonly NotApplicable[];
}
