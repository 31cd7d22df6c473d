/** One way in which the database does not protect its tenants. */
export interface GuardFinding {
  /** A table or role. */
  readonly object: string;
  readonly problem: string;
  readonly fix: string;
}

/** What the guard came to. */
export interface GuardReport {
  readonly findings: readonly GuardFinding[];
  /** Tables whose policies were judged by rules alone, since another server recorded them. */
  readonly uncompared: readonly string[];
}
