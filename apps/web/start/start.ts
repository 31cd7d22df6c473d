import path from "node:path";
import { fileURLToPath } from "node:url";
import { defaultDataFolder } from "@rowhouse/local-postgres";
import { readStartSettings, serverEnvironment, type StartSettings } from "../settings.ts";
import { ensureBuilt } from "./build.ts";
import { keepRandom, prepareDataFolder } from "./data-folder.ts";
import { takeDataLock, type DataLock } from "./data-lock.ts";
import { prepareDatabase, type PreparedDatabase } from "./database.ts";
import { demoPassword, demoSignIns, seedDemo } from "./demo.ts";
import { readDemoState, writeDemoState, type DemoState } from "./demo-state.ts";
import { Ending } from "./ending.ts";
import { assertPortFree, localUrl, probeUrl, startServer } from "./serve.ts";
import { StartError } from "./start-error.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const ending = new Ending();
let isServing = false;

async function start(settings: StartSettings): Promise<void> {
  const folder = settings.dataFolder ?? path.join(root, ".rowhouse");
  await prepareDataFolder(folder);
  const lock = await takeDataLock(folder);
  listenForTheEnd(lock);
  await assertPortFree(settings, lock.isRecovered ? 5_000 : 0);
  const secret = settings.secret ?? (await keepRandom(folder, "secret"));
  const [database, script] = await prepare(settings, folder, secret);
  ending.signal.throwIfAborted();
  const publicUrl = settings.publicUrl ?? localUrl(settings);
  const environment = serverEnvironment({
    RUNTIME_DATABASE_URL: database.runtimeUrl,
    IDENTITY_DATABASE_URL: database.identityUrl,
    WORKER_DATABASE_URL: database.workerUrl,
    OPERATOR_DATABASE_URL: database.operatorUrl,
    ROWHOUSE_SECRET: secret,
    PUBLIC_URL: publicUrl,
    FILES_FOLDER: path.join(folder, "files"),
    PORT: String(settings.port),
    HOSTNAME: settings.host,
  });
  const password = await keepRandom(folder, "demo-password", demoPassword);
  const demo = await ensureDemo({ folder, database, environment, password });
  const onServing = (): void => {
    lock.sayRunning(publicUrl);
    const signIns =
      demo === "whole" ? demoSignIns(password) : "The database had accounts before this start, so it got no demo.";
    process.stdout.write(`\nRowhouse runs at ${publicUrl}\n\n${signIns}\n\nCtrl-C stops it.\n`);
  };
  await runServer({ script, environment, settings, onServing });
}

function listenForTheEnd(lock: DataLock): void {
  ending.add(async () => lock.release());
  ending.listen(() => {
    // First, so that a next start that comes at once knows to wait.
    lock.sayStopping();
    process.stdout.write("\nStopping …\n");
  });
}

/** Database and build: neither needs the other, and there are two cores. When one fails the other is given up. */
async function prepare(settings: StartSettings, folder: string, secret: string): Promise<[PreparedDatabase, string]> {
  const failing = new AbortController();
  const signal = AbortSignal.any([ending.signal, failing.signal]);
  const giveUp = (error: unknown): never => {
    if (!failing.signal.aborted) failing.abort(error);
    throw error;
  };
  const database = openDatabase({ settings, folder, secret, signal }).catch(giveUp);
  const script = ensureBuilt(root, say, signal).catch(giveUp);
  const [first, second] = await Promise.allSettled([database, script]);
  if (first.status === "fulfilled") ending.add(first.value.stop);
  failing.signal.throwIfAborted();
  if (first.status === "rejected") throw first.reason;
  if (second.status === "rejected") throw second.reason;
  return [first.value, second.value];
}

interface OpenOptions {
  readonly settings: StartSettings;
  readonly folder: string;
  readonly secret: string;
  readonly signal: AbortSignal;
}

async function openDatabase({ settings, folder, secret, signal }: OpenOptions): Promise<PreparedDatabase> {
  return prepareDatabase({
    databaseUrl: settings.databaseUrl,
    postgresFolder: settings.dataFolder === undefined ? await defaultDataFolder(root) : path.join(folder, "postgres"),
    secret,
    seal: settings.seal,
    sqlFolder: path.join(root, "apps/web/sql"),
    signal,
    onStep: say,
  });
}

interface DemoOptions {
  readonly folder: string;
  readonly database: PreparedDatabase;
  readonly environment: NodeJS.ProcessEnv;
  readonly password: string;
}

/** An empty database gets the demo; the state is written before the first row, so that a kill cannot leave a part of it. */
async function ensureDemo({ folder, database, environment, password }: DemoOptions): Promise<DemoState> {
  const state = await readDemoState(folder, database.name);
  if (state !== "unfinished" && !database.isEmpty) return state;
  say("Seeding the demo");
  await writeDemoState(folder, database.name, "unfinished");
  await seedDemo(environment, password, ending.signal);
  await writeDemoState(folder, database.name, "whole");
  return "whole";
}

interface RunOptions {
  readonly script: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly settings: StartSettings;
  readonly onServing: () => void;
}

async function runServer({ script, environment, settings, onServing }: RunOptions): Promise<void> {
  say("Starting the server");
  // Again: the build took its time.
  await assertPortFree(settings);
  ending.signal.throwIfAborted();
  const server = startServer(script, environment);
  ending.add(server.stop);
  await server.answering(probeUrl(settings), ending.signal);
  isServing = true;
  onServing();
  const code = await Promise.race([server.ended, asked()]);
  ending.signal.throwIfAborted();
  throw new StartError(
    `The server ended by itself (${code === null ? "it was killed" : `exit code ${code}`}). Start it again; your data is kept.`,
  );
}

async function asked(): Promise<null> {
  return new Promise((resolve) => ending.signal.addEventListener("abort", () => resolve(null), { once: true }));
}

function say(text: string): void {
  process.stdout.write(`${text} …\n`);
}

/** One line, whatever it was. */
function report(error: unknown): void {
  const message = (error instanceof Error ? error.message : String(error)).trim().replaceAll(/\s*\n\s*/g, " | ");
  process.stderr.write(`Rowhouse ${isServing ? "stopped" : "did not start"}: ${message}\n`);
}

let exitCode = 0;
try {
  await start(readStartSettings());
} catch (error) {
  if (!ending.signal.aborted) {
    report(error);
    exitCode = 1;
  }
}
try {
  await ending.putAway();
} catch (error) {
  report(error);
  exitCode = 1;
}
process.exit(exitCode);
