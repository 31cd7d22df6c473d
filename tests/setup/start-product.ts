import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chooseFreePort, ensureDatabase, startLocalPostgres } from "@rowhouse/local-postgres";
import { chromium } from "playwright-core";
import { serverEnvironment } from "../../apps/web/settings.ts";
import { ensureBuilt } from "../../apps/web/start/build.ts";
import { prepareDatabase } from "../../apps/web/start/database.ts";
import { serve } from "../../apps/web/start/serve.ts";
import { findChromium } from "./find-chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const host = "127.0.0.1";

export interface StartedProduct {
  readonly url: string;
  readonly databaseUrl: string;
  readonly browserEndpoint: string;
  /** What the server process was started with; the demo's seed takes the same. */
  readonly environment: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/**
 * The product as `npm start` runs it, built and standalone, on a Postgres of its own (roles belong to a whole server, so
 * sharing one with other tests would change passwords under them), and a browser to use it with.
 */
export async function startProduct(): Promise<StartedProduct> {
  const cleanups: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  };
  try {
    // First, because it is the quickest to fail.
    const executablePath = await findChromium();
    const script = await ensureBuilt(root, say);
    const { databaseUrl, secret, folder, ...urls } = await openDatabase(cleanups);
    const port = await chooseFreePort();
    const url = `http://localhost:${port}`;
    const environment = serverEnvironment({
      RUNTIME_DATABASE_URL: urls.runtimeUrl,
      IDENTITY_DATABASE_URL: urls.identityUrl,
      WORKER_DATABASE_URL: urls.workerUrl,
      OPERATOR_DATABASE_URL: urls.operatorUrl,
      ROWHOUSE_SECRET: secret,
      PUBLIC_URL: url,
      FILES_FOLDER: path.join(folder, "files"),
      PORT: String(port),
      HOSTNAME: host,
    });
    const server = await serve(script, environment, `http://${host}:${port}/sign-in`);
    cleanups.push(server.stop);
    const browser = await chromium.launchServer({
      executablePath,
      host,
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
    });
    cleanups.push(() => browser.close());
    return { url, databaseUrl, browserEndpoint: browser.wsEndpoint(), environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDatabase(cleanups: (() => Promise<unknown>)[]) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-browser-"));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  // As root, Postgres runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const postgres = await startLocalPostgres({ dataFolder: path.join(folder, "data"), durable: false });
  cleanups.push(() => postgres.stop());
  await ensureDatabase(postgres.url("postgres"), "rowhouse");
  const databaseUrl = postgres.url("rowhouse");
  const secret = randomBytes(32).toString("base64url");
  const { runtimeUrl, identityUrl, workerUrl, operatorUrl } = await prepareDatabase({
    databaseUrl,
    postgresFolder: folder,
    secret,
    sqlFolder: path.join(root, "apps/web/sql"),
    onStep: () => undefined,
  });
  return { databaseUrl, secret, folder, runtimeUrl, identityUrl, workerUrl, operatorUrl };
}

function say(text: string): void {
  process.stdout.write(`${text} …\n`);
}
