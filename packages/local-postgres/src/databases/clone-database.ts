import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { errorCode } from "../server/server-identity.ts";
import { dropDatabase } from "./ensure-database.ts";
import { withAdminClient } from "./with-admin-client.ts";
import { withDatabase } from "./with-database.ts";

export interface CloneOptions {
  /** The database to copy, with all its rows. Connections to it delay the copy. */
  template: string;
  /** The copy's name. Left out, it is the template's with a random ending. */
  name?: string;
}

/** A database that belongs to one test. */
export interface TestDatabase {
  name: string;
  /** The admin's URL with this database. */
  url: string;
  /** Up to four connections as the administrator, for the test to end. */
  openPool(): pg.Pool;
  /** Drops the database and ends its connections. */
  drop(): Promise<void>;
  /** How many client connections it has now: more than none after a test means that the test leaked one. */
  openConnections(): Promise<number>;
}

const TEMPLATE_IN_USE = "55006";
const PATIENCE_MS = 30_000;
const LONGEST_NAME_BYTES = 63;

/** Copies a template database. While somebody is connected to the template or copies it, the copy is tried again, up to 30 s. */
export async function cloneDatabase(adminUrl: string, options: CloneOptions): Promise<TestDatabase> {
  const name = options.name ?? randomName(options.template);
  await withAdminClient(adminUrl, (client) => createFromTemplate(client, options.template, name));
  const url = withDatabase(adminUrl, name);
  return {
    name,
    url,
    openPool: () => openPool(url),
    drop: () => dropDatabase(adminUrl, name),
    openConnections: () => countConnections(adminUrl, name),
  };
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 4 });
  // A pool's end does not wait for its connections' goodbyes, and dropping the database may break in on one: unheard, that
  // would fail the run of a busy machine.
  pool.on("error", () => undefined);
  return pool;
}

async function createFromTemplate(client: pg.Client, template: string, name: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
      return;
    } catch (error) {
      if (errorCode(error) !== TEMPLATE_IN_USE || Date.now() >= deadline) throw error;
      await sleep(50 + Math.random() * 100);
    }
  }
}

async function countConnections(adminUrl: string, name: string): Promise<number> {
  return withAdminClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ connections: number }>(
      `select pg_catalog.count(*)::int as connections from pg_catalog.pg_stat_activity
       where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    return rows[0]?.connections ?? 0;
  });
}

function randomName(template: string): string {
  const ending = `_${randomBytes(6).toString("hex")}`;
  return (
    Buffer.from(template)
      .subarray(0, LONGEST_NAME_BYTES - ending.length)
      .toString("utf8")
      .replaceAll("\uFFFD", "") + ending
  );
}
