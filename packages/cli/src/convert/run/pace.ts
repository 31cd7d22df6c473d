import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

const targetMs = 20;
const unthrottledMs = 250;
const mostLagSeconds = 5;

/** How many rows the next batch has, and how long to rest before it: half of the time belongs to the application. */
export class Pace {
  readonly #client: pg.Client;
  readonly #throttle: boolean;
  #size = 200;
  #lookedAt = Date.now();

  constructor(client: pg.Client, throttle: boolean) {
    this.#client = client;
    this.#throttle = throttle;
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
      const { rows } = await this.#client.query<{ lag: number }>(
        "select coalesce(extract(epoch from max(replay_lag)), 0)::float8 as lag from pg_stat_replication",
      );
      this.#lookedAt = Date.now();
      if ((rows[0]?.lag ?? 0) < mostLagSeconds) return;
      await sleep(1000);
    } while (Date.now() < until);
  }
}
