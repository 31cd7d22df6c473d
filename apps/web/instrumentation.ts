/** Runs once before the server listens: a database that would not keep tenants apart is refused, not served. */
export async function register(): Promise<void> {
  const { tenancy } = await import("./tenancy/tenancy");
  try {
    await tenancy().start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Rowhouse does not start: ${reason}\n`);
    process.exit(1);
  }
}
