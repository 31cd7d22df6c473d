import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { RowhouseError } from "rowhouse";
import { adviseToEnd, describeHolder, findHolder, waitFor, type Holder, type Wait } from "./find-holder.ts";
import { log } from "./ledger.ts";
import { isPassing } from "./with-lock-retries.ts";

export interface RowWork {
  readonly step: string;
  /** As SQL writes it. */
  readonly table: string;
  /** Milliseconds for all attempts. */
  readonly patience: number;
  readonly onWait: (wait: Wait) => void;
}

/**
 * Does a batch, which opens its own transaction, until it gets all its rows.
 *
 * @throws RowhouseError CONVERSION_BLOCKED after `patience`, naming who is in the way
 */
export async function withRowRetries<Result>(
  client: pg.Client,
  { step, table, patience, onWait }: RowWork,
  work: () => Promise<Result>,
): Promise<Result> {
  const until = Date.now() + patience;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      if (!isPassing(error)) throw error;
      if (attempt === 1) await log(client, { kind: "retry", step, detail: error.message });
      // Most rows are free again at once.
      const isLong = attempt % 10 === 5 || Date.now() > until;
      const holder = isLong ? await findHolder(client, { on: [table], seconds: 0 }) : undefined;
      if (Date.now() > until) throw stayLocked(table, { holder, error });
      if (holder !== undefined) onWait(waitFor(holder));
      await sleep(20 * Math.min(attempt, 50) * (0.5 + Math.random()));
    }
  }
}

function stayLocked(
  table: string,
  { holder, error }: { holder: Holder | undefined; error: pg.DatabaseError },
): RowhouseError {
  const who =
    holder === undefined
      ? "End the transaction that holds them and run again."
      : `${describeHolder(holder)}. ${adviseToEnd(holder)}`;
  return new RowhouseError("CONVERSION_BLOCKED", `Rows of ${table} stay locked: ${error.message}. ${who}`, {
    cause: error,
    sqlstate: error.code,
  });
}
