import type { Level } from "../../src/doctor/check-page.ts";

/** One way to make the hole that a check is about. `{{app}}` and `{{owner}}` are the fixture's roles. */
export interface Hole {
  readonly title: string;
  /** SQL of an administrator that makes the hole. */
  readonly break: string;
  /** Where it has to be found, as `schema.table` or whatever the check names. */
  readonly object: string;
  /** The first major version of Postgres that understands `break`. */
  readonly since?: number;
  /** Left out, the page's own. */
  readonly level?: Level;
  /** What the check must print word for word, where a fix could close the hole and still take or give too much. */
  readonly fix?: string;
  /** SQL that closes it, where the check prints no fix. */
  readonly mend?: string;
}

/** The test of one check: clean, near miss, break, find, mend, clean. */
export interface CheckCase {
  /** Made before anything else, for what the clean product does not have. */
  readonly prepare?: string;
  /** Looks like the hole and is none: it must stay silent, at every step. */
  readonly nearMiss: string;
  readonly holes: readonly Hole[];
  /** The first major version of Postgres that understands the statements of all of it. */
  readonly since?: number;
  /** Some statements take no part in a transaction: then each step commits, in a database of its own. */
  readonly committed?: true;
}
