/** How much of something is allowed in which time. */
export interface RatePolicy {
  /** Lower case with hyphens, at most 60 characters: clients see it, and counts of different policies are apart by it. */
  readonly name: string;
  /** How many attempts a window holds. */
  readonly limit: number;
  /** A window begins with the first attempt and ends after this many seconds, 1 to 86,400. */
  readonly windowSeconds: number;
}

/** What an attempt met with. */
export interface RateCount {
  readonly policy: RatePolicy;
  readonly isAllowed: boolean;
  /** How many more the window holds. */
  readonly remaining: number;
  /** Whole seconds until the window ends, 1 at least. */
  readonly resetSeconds: number;
}

/** @throws TypeError */
export function assertRatePolicy({ name, limit, windowSeconds }: RatePolicy): void {
  const isCount = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
  if (/^[a-z][a-z0-9-]{0,59}$/.test(name) && isCount(limit, 1_000_000_000) && isCount(windowSeconds, 86_400)) return;
  throw new TypeError(
    `A rate policy has a name such as sign-in, a limit from 1 and a window of 1 to 86,400 seconds; received ` +
      `${JSON.stringify({ name, limit, windowSeconds })}.`,
  );
}
