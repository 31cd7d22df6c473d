/** What the environment says; a flag of the same meaning goes first. */
export interface CliSettings {
  /** `ROWHOUSE_DATABASE_URL`: kept out of the list of processes, where a flag can be read by others. */
  readonly databaseUrl: string | undefined;
  /** `ROWHOUSE_STRIPE_KEY`: a secret or restricted key, for `convert stripe` alone. */
  readonly stripeKey?: string | undefined;
  /** `ROWHOUSE_STRIPE_URL`: another address than Stripe's, as of a fake in a rehearsal. */
  readonly stripeUrl?: string | undefined;
  /** `DEBUG` is set: errors come with their stack. */
  readonly showStacks: boolean;
}

/** The only reader of the environment in this package. An empty variable is one that is not set. */
export function readSettings(): CliSettings {
  const { ROWHOUSE_DATABASE_URL, ROWHOUSE_STRIPE_KEY, ROWHOUSE_STRIPE_URL, DEBUG } = process.env;
  return Object.freeze({
    databaseUrl: ROWHOUSE_DATABASE_URL || undefined,
    stripeKey: ROWHOUSE_STRIPE_KEY || undefined,
    stripeUrl: ROWHOUSE_STRIPE_URL || undefined,
    showStacks: Boolean(DEBUG),
  });
}
