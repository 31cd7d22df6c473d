import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startLocalPostgres } from "@rowhouse/local-postgres";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser, database `postgres`, of the server that all test files share. */
    postgresUrl: string;
  }
}

/** Starts one throw-away Postgres for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-test-"));
  // As root, Postgres runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const server = await startLocalPostgres({ dataFolder: path.join(folder, "data"), durable: false });
  project.provide("postgresUrl", server.url("postgres"));
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
