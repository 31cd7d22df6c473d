import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { RowhouseError } from "rowhouse";
import { adviseToEnd, describeHolder, findHolder, waitFor, type Holder, type Wait } from "./find-holder.ts";

/** Postgres lets us be the one that gives way: a lock was not to be had in time, a deadlock, a lost race. */
const passing = new Set(["55P03", "40P01", "40001"]);

const longSeconds = 30;

export interface LockedWork {
  /** As SQL writes them: who holds one of them for long is waited for without a lock request that others queue behind. */
  readonly on: readonly string[];
  /** `AccessExclusiveLock` and the like; a weak one may wait for long, as nobody waits behind it. */
  readonly lock: string | null;
  /** Milliseconds for all attempts. */
  readonly patience: number;
  readonly onWait: (wait: Wait) => void;
}

/**
 * Does `work` in a transaction, again and again until it gets its locks. Every third attempt waits longer than the deadlock timeout:
 * before that an autovacuum that is in the way never yields.
 *
 * @throws RowhouseError CONVERSION_BLOCKED after `patience`, naming who is in the way
 */
export async function withLockRetries<Result>(
  client: pg.Client,
  locked: LockedWork,
  work: () => Promise<Result>,
): Promise<Result> {
  const until = Date.now() + locked.patience;
  for (let attempt = 1; ; attempt += 1) {
    await waitForLongTransactions(client, locked, until);
    const timeout = isStrong(locked.lock) ? (attempt % 3 === 0 ? 1500 : 400) : 10_000;
    try {
      await client.query(`begin; set local lock_timeout = ${timeout}`);
      const result = await work();
      await client.query("commit");
      return result;
    } catch (error) {
      // If this fails too, the connection is gone and the transaction with it; the first error tells why.
      await client.query("rollback").catch(() => undefined);
      if (!isPassing(error)) throw error;
      const holder = await findHolder(client, { on: locked.on, seconds: 0 });
      if (Date.now() > until) throw blocked(locked, { holder, error });
      const { by, why } = holder === undefined ? { by: error.message, why: error.message } : waitFor(holder);
      locked.onWait({ by, why: `attempt ${attempt}: ${why}` });
      await sleep(Math.min(100 * 2 ** Math.min(attempt, 6), 4000) * (0.5 + Math.random()));
    }
  }
}

export function isPassing(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && passing.has(error.code ?? "");
}

function isStrong(lock: string | null): boolean {
  return lock === "AccessExclusiveLock" || lock === "ShareRowExclusiveLock" || lock === "ShareLock";
}

async function waitForLongTransactions(client: pg.Client, locked: LockedWork, until: number): Promise<void> {
  if (!isStrong(locked.lock) || locked.on.length === 0) return;
  for (;;) {
    const holder = await findHolder(client, { on: locked.on, seconds: longSeconds });
    if (holder === undefined) return;
    if (Date.now() > until) throw blocked(locked, { holder });
    locked.onWait(waitFor(holder));
    await sleep(1000);
  }
}

function blocked(
  { on }: LockedWork,
  { holder, error }: { holder: Holder | undefined; error?: pg.DatabaseError },
): RowhouseError {
  const who =
    holder === undefined
      ? `The lock on ${on.join(", ")} was not to be had: ${error?.message ?? ""}. See who works there (rowhouse convert status) and run again: the conversion goes on where it stopped.`
      : `${describeHolder(holder)}. ${adviseToEnd(holder)}`;
  return new RowhouseError("CONVERSION_BLOCKED", who, { cause: error, sqlstate: error?.code });
}
