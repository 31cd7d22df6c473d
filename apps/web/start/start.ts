import path from "node:path";
import { fileURLToPath } from "node:url";
import { defaultDataFolder } from "@rowhouse/local-postgres";
import { readStartSettings, serverEnvironment, type StartSettings } from "../settings.ts";
import { ensureBuilt } from "./build.ts";
import { keepRandom, prepareDataFolder } from "./data-folder.ts";
import { prepareDatabase, type PreparedDatabase } from "./database.ts";
import { demoPassword, demoSignIns, seedDemo } from "./demo.ts";
import { assertPortFree, serve } from "./serve.ts";
import { StartError } from "./start-error.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

async function start(settings: StartSettings): Promise<void> {
  await assertPortFree(settings.port, settings.host);
  const folder = settings.dataFolder ?? path.join(root, ".rowhouse");
  await prepareDataFolder(folder);
  const secret = settings.secret ?? (await keepRandom(folder, "secret"));
  const password = await keepRandom(folder, "demo-password", demoPassword);
  // Neither needs the other, and there are two cores.
  const [database, script] = await bothOrNeither(openDatabase(settings, folder, secret), ensureBuilt(root, say));
  const publicUrl = settings.publicUrl ?? `http://localhost:${settings.port}`;
  const environment = serverEnvironment({
    RUNTIME_DATABASE_URL: database.runtimeUrl,
    IDENTITY_DATABASE_URL: database.identityUrl,
    ROWHOUSE_SECRET: secret,
    PUBLIC_URL: publicUrl,
    PORT: String(settings.port),
    HOSTNAME: settings.host,
  });
  await stoppingOnFailure(database, async () => {
    if (database.isEmpty) await seedDemo(environment, password, say);
    say("Starting the server");
    const server = await serve(script, environment, `http://${settings.host}:${settings.port}/sign-in`);
    stopOnSignal(server.stop, database.stop);
    process.stdout.write(`\nRowhouse runs at ${publicUrl}\n\n${demoSignIns(password)}\n\nCtrl-C stops it.\n`);
    const code = await server.ended;
    await database.stop();
    if (code !== 0) throw new StartError(`The server ended by itself (${code ?? "killed"}).`);
  });
}

async function openDatabase(settings: StartSettings, folder: string, secret: string): Promise<PreparedDatabase> {
  return prepareDatabase({
    databaseUrl: settings.databaseUrl,
    postgresFolder: settings.dataFolder === undefined ? await defaultDataFolder(root) : path.join(folder, "postgres"),
    secret,
    sqlFolder: path.join(root, "apps/web/sql"),
    onStep: say,
  });
}

/** When the build fails, a database that was started for it is stopped again. */
async function bothOrNeither(database: Promise<PreparedDatabase>, script: Promise<string>): Promise<[PreparedDatabase, string]> {
  const [first, second] = await Promise.allSettled([database, script]);
  if (first.status === "rejected") throw first.reason;
  if (second.status === "fulfilled") return [first.value, second.value];
  await first.value.stop();
  throw second.reason;
}

async function stoppingOnFailure(database: PreparedDatabase, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await database.stop();
    throw error;
  }
}

function stopOnSignal(stopServer: () => Promise<void>, stopDatabase: () => Promise<void>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    process.stdout.write("\nStopping\n");
    void stopServer()
      .then(stopDatabase)
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

function say(text: string): void {
  process.stdout.write(`${text} …\n`);
}

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Rowhouse did not start: ${message}\n`);
  process.exit(1);
}

try {
  await start(readStartSettings());
} catch (error) {
  fail(error);
}
