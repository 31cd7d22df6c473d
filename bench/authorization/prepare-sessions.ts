import pg from "pg";
import { Kysely, PostgresDialect } from "kysely";
import { getMigrations } from "better-auth/db/migration";
import { ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import type { BenchDatabase } from "../database/bench-database.ts";
import type { SignedIn } from "./authorizer.ts";
import { betterAuthOptions } from "./better-auth-plugin.ts";
import { sessionCookie, sessionToken } from "./session-cookie.ts";

export interface AuthorizationDatabases {
  readonly rowhouse: BenchDatabase;
  /** better-auth's own tables, with the same people, organizations and memberships. */
  readonly betterAuthUrl: string;
  readonly callers: readonly SignedIn[];
}

/** Signs the owners of the sample in, at both sides, after filling better-auth's tables with what Rowhouse's hold. */
export async function prepareSessions(serverUrl: string, rowhouse: BenchDatabase): Promise<AuthorizationDatabases> {
  await ensureDatabase(serverUrl, "bench_better_auth");
  const betterAuthUrl = withDatabase(serverUrl, "bench_better_auth");
  const pool = new pg.Pool({ connectionString: betterAuthUrl, max: 1 });
  const source = new pg.Client({ connectionString: rowhouse.adminUrl });
  await source.connect();
  try {
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const { runMigrations } = await getMigrations(betterAuthOptions(db));
    await runMigrations();
    for (const { read, write } of copies) {
      const { rows } = await source.query<{ rows: string | null }>(`select json_agg(r)::text as rows from (${read}) r`);
      await pool.query(write, [rows[0]?.rows ?? "[]"]);
    }
    const callers = rowhouse.sample.map(({ id, slug, userId }) => ({
      organizationId: id,
      slug,
      userId,
      cookie: sessionCookie(sessionToken(userId)),
    }));
    await signIn(source, { callers, ...sessionTables.rowhouse });
    await signIn(pool, { callers, ...sessionTables.betterAuth });
    await source.query("vacuum (analyze) auth.sessions");
    await pool.query("vacuum (analyze)");
    return { rowhouse, betterAuthUrl, callers };
  } finally {
    await source.end();
    await pool.end();
  }
}

const copies = [
  {
    read: "select id, name, email, now() as at from auth.users",
    write: `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
      select id, name, email, true, at, at from json_to_recordset($1::json) as r (id text, name text, email text, at timestamptz)`,
  },
  {
    read: "select id, name, slug, now() as at from rowhouse.organizations",
    write: `insert into organization (id, name, slug, "createdAt")
      select id, name, slug, at from json_to_recordset($1::json) as r (id text, name text, slug text, at timestamptz)`,
  },
  {
    read: "select organization_id, user_id, role, now() as at from rowhouse.memberships",
    write: `insert into member (id, "organizationId", "userId", role, "createdAt")
      select gen_random_uuid()::text, organization_id, user_id, role, at
      from json_to_recordset($1::json) as r (organization_id text, user_id text, role text, at timestamptz)`,
  },
];

const sessionTables = {
  rowhouse: {
    write: `insert into auth.sessions (id, user_id, token, expires_at)
      select gen_random_uuid(), user_id::uuid, token, now() + interval '7 days' from unnest($1::text[], $2::text[]) as r (user_id, token)`,
  },
  betterAuth: {
    write: `insert into session (id, "userId", token, "expiresAt", "createdAt", "updatedAt")
      select gen_random_uuid()::text, user_id, token, now() + interval '7 days', now(), now()
      from unnest($1::text[], $2::text[]) as r (user_id, token)`,
  },
};

async function signIn(
  client: Pick<pg.Pool, "query">,
  { callers, write }: { readonly callers: readonly SignedIn[]; readonly write: string },
): Promise<void> {
  const users = callers.map(({ userId }) => userId);
  await client.query(write, [users, users.map(sessionToken)]);
}
