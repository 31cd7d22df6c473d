import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { isRowhouseError } from "rowhouse";

/** An administrator ended the backend, the server restarts, or the network broke. */
const lost = new Set(["57P01", "57P02", "57P03", "57P05", "08006", "08003", "25P03"]);

const restartMs = 60_000;

/** Runs `work` on a connection, and again on a new one when that breaks: what it does must go on from where it was. */
export async function withNewConnections<Result>(
  open: () => Promise<pg.Client>,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await openAgain(open, attempt);
    let isEnded = false;
    client.on("end", () => (isEnded = true));
    client.on("error", () => (isEnded = true));
    try {
      return await work(client);
    } catch (error) {
      const isLost =
        !isRowhouseError(error) && (isEnded || (error instanceof pg.DatabaseError && lost.has(error.code ?? "")));
      if (!isLost || attempt === 20) throw error;
      await sleep(Math.min(200 * attempt, 2000));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** A server that restarts lets nobody in for a while; what was never there is no restart. */
async function openAgain(open: () => Promise<pg.Client>, attempt: number): Promise<pg.Client> {
  const until = Date.now() + (attempt === 1 ? 0 : restartMs);
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!isRowhouseError(error, "DATABASE_UNREACHABLE") || Date.now() > until) throw error;
      await sleep(500);
    }
  }
}
