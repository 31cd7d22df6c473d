import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { inject } from "vitest";

export interface App extends AsyncDisposable {
  /** A superuser's. */
  readonly url: string;
  /** The old application's, which owns the tables and is bound by row security. */
  readonly oldUrl: string;
  readonly admin: pg.Client;
}

/** The application of `app.sql` in a database of its own, at work for nobody yet. */
export async function openApp(): Promise<App> {
  const server = inject("postgresUrl");
  const name = `convert_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const url = withDatabase(server, name);
  await ensureDatabase(server, name);
  await withAdminClient(url, async (admin) => {
    await admin.query(
      `do $$ begin create role convert_old_app login password 'old'; exception when duplicate_object then null; end $$`,
    );
    await admin.query("grant create on schema public to convert_old_app; set role convert_old_app");
    await admin.query(await readFile(new URL("app.sql", import.meta.url), "utf8"));
    await admin.query("reset role; analyze");
  });
  const oldUrl = new URL(url);
  oldUrl.username = "convert_old_app";
  oldUrl.password = "old";
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  return {
    url,
    oldUrl: oldUrl.href,
    admin,
    [Symbol.asyncDispose]: async () => {
      await admin.end();
      await dropDatabase(server, name);
    },
  };
}
