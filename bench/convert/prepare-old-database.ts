import { readFile } from "node:fs/promises";
import { ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";

/** The database of an old single-tenant application. Others are copied from it. */
export interface OldDatabase {
  readonly name: string;
  readonly users: number;
  /** Of `tasks`, the largest table. */
  readonly rows: number;
}

export async function prepareOldDatabase(serverUrl: string, rows: number): Promise<OldDatabase> {
  const name = "bench_old_application";
  const users = Math.max(50, Math.round(rows / 200));
  await ensureDatabase(serverUrl, name);
  await withAdminClient(withDatabase(serverUrl, name), async (admin) => {
    await admin.query(await readFile(new URL("old-application.sql", import.meta.url), "utf8"));
    for (const statement of fill) await admin.query(statement.sql, statement.values({ users, rows }));
    await admin.query("vacuum (analyze)");
    await admin.query("checkpoint");
  });
  return { name, users, rows };
}

/** A copy under another name. */
export async function copyOldDatabase(serverUrl: string, old: OldDatabase, name: string): Promise<string> {
  await withAdminClient(serverUrl, async (admin) => {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query(`create database ${name} template ${old.name}`);
  });
  return withDatabase(serverUrl, name);
}

interface Fill {
  readonly sql: string;
  readonly values: (size: { users: number; rows: number }) => number[];
}

const fill: readonly Fill[] = [
  {
    sql: "insert into users (email, name) select 'person' || n || '@example.com', 'Person ' || n from generate_series(1, $1::integer) n",
    values: ({ users }) => [users],
  },
  {
    sql: "insert into projects (user_id, name) select 1 + n % $1::integer, 'Project ' || n from generate_series(1, $1::integer * 4) n",
    values: ({ users }) => [users],
  },
  {
    sql: `insert into tasks (project_id, title, created_at)
      select 1 + n % ($1::integer * 4), 'Task number ' || n, now() - n * interval '1 second' from generate_series(1, $2::integer) n`,
    values: ({ users, rows }) => [users, rows],
  },
  {
    sql: `insert into comments (task_id, author_id, body)
      select 1 + n * 7 % $2::integer, 1 + n % $1::integer, 'Comment ' || n from generate_series(1, $2::integer / 10) n`,
    values: ({ users, rows }) => [users, rows],
  },
  {
    sql: "insert into tags (user_id, name) select u, 'tag ' || n from generate_series(1, $1::integer) u, generate_series(1, 3) n",
    values: ({ users }) => [users],
  },
  {
    sql: `insert into task_tags
      select t.id, g.id from tasks t join projects p on p.id = t.project_id join tags g on g.user_id = p.user_id and g.name = 'tag 1'
      where t.id % 10 = 0`,
    values: () => [],
  },
];
