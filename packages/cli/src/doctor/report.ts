import type { Level } from "./check-page.ts";
import type { Subject } from "./subject.ts";

/** One place where a database breaks a rule. */
export interface Finding {
  readonly check: string;
  readonly name: string;
  readonly level: Level;
  /** `schema.table`, or whatever else it is that breaks the rule. */
  readonly object: string;
  readonly detail: string;
  /** SQL; `null` where a person has to decide. */
  readonly fix: string | null;
  /** The same for the same finding in every run. */
  readonly cacheKey: string;
}

/** A check that could not be made, which says nothing about the database. */
export interface Inconclusive {
  readonly check: string;
  readonly name: string;
  readonly reason: string;
}

export interface Report {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
  readonly inconclusive: readonly Inconclusive[];
  readonly summary: {
    readonly checks: number;
    readonly error: number;
    readonly warn: number;
    readonly info: number;
    readonly inconclusive: number;
    /** Findings that the baseline knows, which are not listed. */
    readonly known: number;
  };
}
