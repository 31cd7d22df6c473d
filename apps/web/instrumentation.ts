/** Runs once before the server listens: a database that would not keep tenants apart is refused, not served. */
export async function register(): Promise<void> {
  const { tenancy } = await import("./tenancy/tenancy");
  const { startJobs } = await import("./jobs/start-jobs");
  const { stopFirst } = await import("./jobs/stop-first");
  try {
    await tenancy().start();
    const worker = await startJobs();
    if (worker !== undefined) stopFirst(() => worker.stop());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Rowhouse does not start: ${reason}\n`);
    process.exit(1);
  }
}
