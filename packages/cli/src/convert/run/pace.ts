import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Wait } from "./find-holder.ts";

const targetMs = 20;
const unthrottledMs = 250;
const mostLagSeconds = 5;

/** How many rows the next batch has, and how long to rest before it: half of the time belongs to the application. */
export class Pace {
  readonly #client: pg.Client;
  readonly #throttle: boolean;
  readonly #onWait: (wait: Wait) => void;
  #size = 200;
  #lookedAt = Date.now();

  constructor(client: pg.Client, { throttle, onWait }: { throttle: boolean; onWait: (wait: Wait) => void }) {
    this.#client = client;
    this.#throttle = throttle;
    this.#onWait = onWait;
  }

  get size(): number {
    return this.#size;
  }

  async after(tookMs: number): Promise<void> {
    const target = this.#throttle ? targetMs : unthrottledMs;
    const fitting = (this.#size * target) / Math.max(tookMs, 0.5);
    this.#size = Math.round(Math.min(Math.max(fitting, this.#size / 2, 50), this.#size * 2, 50_000));
    if (!this.#throttle) return;
    await sleep(Math.min(tookMs, 500));
    if (Date.now() - this.#lookedAt > 1000) await this.#waitForReplicas();
  }

  /** At most two minutes: a replica that is down must not stop it for ever. */
  async #waitForReplicas(): Promise<void> {
    const until = Date.now() + 120_000;
    do {
      const { rows } = await this.#client.query<{ name: string; lag: number }>(
        `select application_name as name, extract(epoch from replay_lag)::integer as lag from pg_stat_replication
         -- What was measured last stays there while nothing is written.
         where replay_lag >= make_interval(secs => $1) and replay_lsn < pg_current_wal_lsn() order by replay_lag desc limit 1`,
        [mostLagSeconds],
      );
      this.#lookedAt = Date.now();
      const [last] = rows;
      if (last === undefined) return;
      this.#onWait({ by: `replica ${last.name}`, why: `replica ${last.name} is ${last.lag} s behind` });
      await sleep(1000);
    } while (Date.now() < until);
  }
}
