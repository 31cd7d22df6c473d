import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";

export interface Clock {
  /** In milliseconds, from whenever. */
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

const mostAttempts = 8;
const realClock: Clock = { now: () => performance.now(), sleep };

/** Starts calls no closer than the rate. Who is told to wait makes all wait, those in the queue too: the limit is the account's. */
export function callInTurn(
  perSecond: number,
  clock = realClock,
): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let [next, closedUntil] = [0, 0];
  const turn = async (): Promise<void> => {
    for (;;) {
      const mine = Math.max(clock.now(), next, closedUntil);
      next = mine + 1000 / perSecond;
      while (clock.now() < mine) await clock.sleep(mine - clock.now());
      if (clock.now() >= closedUntil) return;
    }
  };
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      await turn();
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeRateLimitError) || attempt === mostAttempts) throw error;
        closedUntil = Math.max(closedUntil, clock.now() + waitOf(error, attempt));
      }
    }
  };
}

/** In milliseconds. */
function waitOf({ headers }: { headers?: Readonly<Record<string, string>> | undefined }, attempt: number): number {
  const asked = Number(headers?.["retry-after"]);
  return Number.isFinite(asked) && asked > 0 ? asked * 1000 : Math.min(30_000, 250 * 2 ** attempt);
}
