import type pg from "pg";
import { RowhouseError } from "rowhouse";

/** Ctrl-C and the like, which from now on end no process but the work in it, so that what it made can be taken away. */
export interface Stop extends Disposable {
  /** Runs `work` on a connection that a signal ends. @throws RowhouseError CANCELED when there was one, also before */
  ends<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result>;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The message says what became of what was made. */
export function watchStop(message: string): Stop {
  let isStopped = false;
  let current: pg.Client | undefined;
  const stop = (): void => {
    isStopped = true;
    void current?.end();
  };
  for (const signal of signals) process.on(signal, stop);
  return {
    ends: async (client, work) => {
      if (isStopped) throw new RowhouseError("CANCELED", message);
      current = client;
      try {
        return await work();
      } catch (error) {
        if (isStopped) throw new RowhouseError("CANCELED", message, { cause: error });
        throw error;
      }
    },
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
