/**
 * The server ends the process as soon as its connections are closed, however much a job still has to do. This goes before
 * what listens to the ends so far, and lets it go on afterwards.
 */
export function stopFirst(stop: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const others = process.listeners(signal);
    process.removeAllListeners(signal);
    process.on(signal, () => {
      stop()
        .catch((error: unknown) =>
          process.stderr.write(`Rowhouse: the worker did not stop in order: ${String(error)}\n`),
        )
        .finally(() => {
          for (const other of others) other(signal);
          if (others.length === 0) process.exit(0);
        });
    });
  }
}
