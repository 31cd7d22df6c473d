import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { RowhouseError } from "rowhouse";
import { adviseToEnd, describeHolder, findBlocker, type Holder } from "./find-holder.ts";
import { log } from "./ledger.ts";

/** A statement that must be in no transaction. It waits for every transaction that began before, and nobody waits behind it. */
export interface Alone {
  readonly step: string;
  readonly statement: string;
  /** The index that it makes, as SQL writes it. */
  readonly index?: string | undefined;
  /** For the connection that looks who is in the way. */
  readonly url: string;
  /** Milliseconds to wait for one of them. */
  readonly patience: number;
  readonly onWait: (why: string) => void;
}

const lookMs = 2000;

/**
 * What an interrupted run left of an index is invalid, and IF NOT EXISTS would keep it.
 *
 * @throws RowhouseError CONVERSION_BLOCKED after `patience`, naming who is in the way
 */
export async function applyAlone(client: pg.Client, alone: Alone): Promise<void> {
  const { index, statement, patience } = alone;
  if (index !== undefined && (await isThere(client, index))) return;
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  await using watch = watchWait(rows[0]?.pid ?? 0, alone);
  try {
    await client.query(`set lock_timeout = ${patience}`);
    await client.query(statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (index !== undefined && error.code === "23505") await client.query(`drop index concurrently if exists ${index}`);
    throw error.code === "55P03" ? blocked(error, watch.last()) : error;
  } finally {
    await client.query("set lock_timeout = '10s'").catch(() => undefined);
  }
}

async function isThere(client: pg.Client, index: string): Promise<boolean> {
  const { rows } = await client.query<{ valid: boolean }>(
    "select indisvalid and indisready as valid from pg_index where indexrelid = to_regclass($1)",
    [index],
  );
  if (rows[0]?.valid === false) await client.query(`drop index concurrently ${index}`);
  return rows[0]?.valid === true;
}

function blocked(error: pg.DatabaseError, holder: Holder | undefined): RowhouseError {
  const who =
    holder === undefined
      ? "A transaction that began before stayed open. Run again: the conversion goes on where it stopped."
      : `${describeHolder(holder)}. ${adviseToEnd(holder)}`;
  return new RowhouseError("CONVERSION_BLOCKED", who, { cause: error, sqlstate: error.code });
}

interface Watch extends AsyncDisposable {
  readonly last: () => Holder | undefined;
}

/** Tells who is in the way as long as somebody is; most statements end before it first looks. */
function watchWait(pid: number, { url, step, onWait }: Alone): Watch {
  const stop = new AbortController();
  let last: Holder | undefined;
  const look = async (): Promise<void> => {
    await sleep(lookMs, undefined, { signal: stop.signal });
    const client = new pg.Client({ connectionString: url, application_name: "rowhouse convert watch" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      for (;;) {
        const blocker = await findBlocker(client, pid);
        if (blocker !== undefined) {
          if (blocker.pid !== last?.pid) await log(client, { kind: "wait", step, detail: describeHolder(blocker) });
          onWait(describeHolder(blocker));
          last = blocker;
        }
        await sleep(lookMs, undefined, { signal: stop.signal });
      }
    } finally {
      await client.end();
    }
  };
  // Who waits is told less without it, and waits all the same.
  const watching = look().catch(() => undefined);
  return {
    last: () => last,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await watching;
    },
  };
}
