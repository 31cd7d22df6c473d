import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startLocalPostgres } from "@rowhouse/local-postgres";

/** A Postgres of its own with its normal, durable settings; its data is removed at the end of the scope. */
export interface BenchServer extends AsyncDisposable {
  readonly url: string;
}

export async function openServer(): Promise<BenchServer> {
  const folder = await mkdtemp(path.join(await realpath(tmpdir()), "rowhouse-bench-"));
  // As root, Postgres runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    // Each contestant keeps a pool of its own.
    const server = await startLocalPostgres({ dataFolder: path.join(folder, "data"), maxConnections: 600 });
    return {
      url: server.url("postgres"),
      [Symbol.asyncDispose]: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
