import { createHmac } from "node:crypto";
import { fileURLToPath } from "node:url";
import { defaultDataFolder, ensureDatabase, startLocalPostgres } from "@rowhouse/local-postgres";
import { migrate } from "rowhouse/migrations";
import { tables } from "./tables.ts";

export interface DatabaseOptions {
  /** Of the example; its database is kept in it. */
  readonly folder: string;
  /** Of a database that is there, as a user who may create roles. Left out, an embedded Postgres is started. */
  readonly adminUrl?: string | undefined;
  /** Passwords of roles are made from it. */
  readonly secret: string;
}

export interface PreparedDatabase extends AsyncDisposable {
  /** Connects as the runtime role, which row security binds. */
  readonly runtimeUrl: string;
}

/** A migrated database with roles of its own. Starting again finds what is there. */
export async function prepareDatabase({ folder, adminUrl, secret }: DatabaseOptions): Promise<PreparedDatabase> {
  const server = adminUrl === undefined ? await startServer(folder) : undefined;
  const url = adminUrl ?? server?.url("example") ?? "";
  const password = createHmac("sha256", secret).update("runtime role").digest("base64url");
  const sources = [{ name: "example", folder: fileURLToPath(new URL("sql", import.meta.url)) }];
  await migrate({ adminUrl: url, passwords: { runtime: password }, sources, tables });
  const runtime = new URL(url);
  runtime.username = "rowhouse_runtime";
  runtime.password = password;
  return { runtimeUrl: runtime.href, [Symbol.asyncDispose]: async () => server?.stop() };
}

async function startServer(folder: string) {
  const server = await startLocalPostgres({ dataFolder: await defaultDataFolder(folder) });
  await ensureDatabase(server.url("postgres"), "example");
  return server;
}
