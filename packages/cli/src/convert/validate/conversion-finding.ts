export const conversionRules = [
  "user-without-organization",
  "team-without-organization",
  "owner-without-membership",
  "missing-membership",
  "unknown-membership",
  "duplicate-membership",
  "unmigrated",
  "wrong-organization",
  "orphaned",
  "cross-tenant-reference",
  "sight-changed",
  "invalid-index",
  "unvalidated-constraint",
  "nullable-column",
  "row-security",
  "doctor",
] as const;

export type ConversionRule = (typeof conversionRules)[number];

/** One way in which a converted database is not what its plan says. */
export interface ConversionFinding {
  readonly rule: ConversionRule;
  /** `schema.table`, quoted where SQL needs it; null where it is no table's. */
  readonly table: string | null;
  /** A sentence for a person. */
  readonly detail: string;
  /** Of rows, users or whatever else the detail speaks of. */
  readonly count: number;
  /** A few of them, by their keys. */
  readonly sample: readonly string[];
}
