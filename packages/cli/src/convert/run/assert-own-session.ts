import pg from "pg";
import { RowhouseError } from "rowhouse";

/** So many further connections are opened, to see whether one of them gets ours. */
const others = 3;

/**
 * A pooler that gives a connection to somebody else after each transaction would lose the lock that keeps two runs apart, and hand our
 * settings to the application. Whoever stands between does not know the server's process; one that keeps sessions may.
 *
 * @throws RowhouseError CONVERSION_REFUSED
 */
export async function assertOwnSession(client: pg.Client, url: string): Promise<void> {
  const own = await processOf(client);
  const told: unknown = "processID" in client ? client.processID : undefined;
  if (told === own || !(await isShared(client, { url, own }))) return;
  throw new RowhouseError(
    "CONVERSION_REFUSED",
    "A pooler in transaction mode stands between, which takes the connection away after each transaction. Give the address of the server itself, or of the pooler in session mode.",
  );
}

async function isShared(client: pg.Client, { url, own }: { url: string; own: number }): Promise<boolean> {
  const open: pg.Client[] = [];
  try {
    for (let count = 0; count < others; count += 1) {
      const other = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000, query_timeout: 3000 });
      other.on("error", () => undefined);
      open.push(other);
      if ((await processInTransaction(other)) === own) return true;
    }
    // Some poolers give the one that came back last.
    await Promise.all(open.map((one) => one.query("rollback").catch(() => undefined)));
    return (await processOf(client)) !== own;
  } finally {
    await Promise.all(open.map((one) => one.end().catch(() => undefined)));
  }
}

/** Undefined where there is none to be had: a pooler that keeps sessions may have no other. */
async function processInTransaction(client: pg.Client): Promise<number | undefined> {
  try {
    await client.connect();
    await client.query("begin");
    return await processOf(client);
  } catch {
    return undefined;
  }
}

async function processOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid ?? 0;
}
