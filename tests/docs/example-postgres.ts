import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ensureDatabase, startLocalPostgres } from "@rowhouse/local-postgres";

/** A Postgres for an example of a document, with an empty database `example`. */
export interface ExamplePostgres extends AsyncDisposable {
  readonly adminUrl: string;
  /** As the runtime role, once the example has migrated with the password `runtime-password`. */
  readonly runtimeUrl: string;
}

export async function startExamplePostgres(): Promise<ExamplePostgres> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-docs-"));
  await chmod(folder, 0o711);
  const postgres = await startLocalPostgres({ dataFolder: path.join(folder, "data"), durable: false });
  await ensureDatabase(postgres.url("postgres"), "example");
  const adminUrl = postgres.url("example");
  const runtime = new URL(adminUrl);
  runtime.username = "rowhouse_runtime";
  runtime.password = "runtime-password";
  return {
    adminUrl,
    runtimeUrl: runtime.href,
    [Symbol.asyncDispose]: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** What the comments behind an example's `console.log` say that it prints. */
export function printedBy(example: string): string {
  return [...example.matchAll(/console\.log\(.*\/\/ (.+)$/gm)].map(([, comment]) => `${comment}\n`).join("");
}
