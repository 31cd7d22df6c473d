import Stripe from "stripe";
import { expect, it } from "vitest";
import { callInTurn } from "../../../src/convert/stripe/call-in-turn.ts";

/** Time that passes when all wait. */
function fakeClock() {
  let now = 0;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const wakeNext = (): void => {
    sleepers.sort((one, other) => one.until - other.until);
    const next = sleepers.shift();
    if (next === undefined) return;
    now = Math.max(now, next.until);
    next.wake();
  };
  return {
    now: () => now,
    sleep: (milliseconds: number) =>
      new Promise<void>((wake) => {
        sleepers.push({ until: now + milliseconds, wake });
        setImmediate(wakeNext);
      }),
  };
}

it("calls begin no closer than the rate, and after a limit all wait as long as Stripe says, also those in the queue", async () => {
  const clock = fakeClock();
  const call = callInTurn(20, clock);
  const begun: number[] = [];
  const work = (): Promise<void> => {
    begun.push(clock.now());
    if (begun.length !== 3) return Promise.resolve();
    const error = new Stripe.errors.StripeRateLimitError({ type: "rate_limit_error", headers: { "retry-after": "2" } });
    return Promise.reject(error);
  };
  await Promise.all(Array.from({ length: 6 }, () => call(work)));
  expect(begun.slice(0, 3)).toEqual([0, 50, 100]);
  expect(begun.length).toBe(7);
  expect(begun[3]).toBeGreaterThanOrEqual(2100);
  for (let at = 4; at < begun.length; at += 1)
    expect((begun[at] ?? 0) - (begun[at - 1] ?? 0)).toBeGreaterThanOrEqual(50);
});

it("a limit that does not end is given up, and other errors are not tried again", async () => {
  const call = callInTurn(20, fakeClock());
  let tried = 0;
  const failWith = (error: Error) => () => {
    tried += 1;
    return Promise.reject(error);
  };
  await expect(call(failWith(new Stripe.errors.StripeRateLimitError({ type: "rate_limit_error" })))).rejects.toThrow();
  expect(tried).toBe(8);
  await expect(call(failWith(new Error("other")))).rejects.toThrow("other");
  expect(tried).toBe(9);
});
