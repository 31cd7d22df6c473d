/** Runs `close` when the process is asked to end. The embedded Postgres would go on without it. */
export function endOrderly(close: () => Promise<void>): void {
  let isEnding = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      void close().finally(() => process.exit());
    });
  }
}
