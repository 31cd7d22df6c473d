import type { PhaseName, Plan } from "../plan.ts";
import type { ConversionFinding } from "../validate/conversion-finding.ts";

/** A step that began, from the ledger. */
export interface ToldStep {
  readonly id: string;
  readonly phase: PhaseName;
  readonly state: "running" | "done";
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly rows: number;
  readonly irreversible: boolean;
}

/** A line of the log: a wait, a retry, a warning, the end of a phase, a validation. */
export interface ToldEvent {
  readonly at: Date;
  readonly kind: string;
  readonly step: string | null;
  readonly detail: string;
}

/** All that a report tells. */
export interface ConversionStory {
  readonly database: string;
  /** Of Postgres: `18.4`. */
  readonly server: string;
  readonly madeAt: Date;
  readonly plan: Plan;
  /** The last phase that was finished; null before the first. */
  readonly reached: PhaseName | null;
  /** In the order in which they began. */
  readonly steps: readonly ToldStep[];
  readonly events: readonly ToldEvent[];
  /** What is wrong now; null where it was not looked. */
  readonly findings: readonly ConversionFinding[] | null;
}
