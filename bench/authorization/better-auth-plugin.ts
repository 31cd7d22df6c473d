import { betterAuth } from "better-auth";
import { organization } from "better-auth/plugins";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Authorizer, SignedIn } from "./authorizer.ts";
import { sessionSecret } from "./session-cookie.ts";

interface PluginOptions {
  readonly url: string;
  readonly connections: number;
  /** Its option to read what belongs together by one statement; it has it turned off. */
  readonly joins: boolean;
}

/** better-auth with its organization plugin. */
export function openBetterAuth({ url, connections, joins }: PluginOptions): Authorizer {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const options = betterAuthOptions(new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }));
  const { api } = betterAuth({ ...options, advanced: { database: { joins } } });
  const headersOf = ({ cookie }: SignedIn): Headers => new Headers({ cookie });
  return {
    key: joins ? "better-auth-joins" : "better-auth",
    name: `better-auth, organization plugin${joins ? ", joins" : ""}`,
    organizations: async (caller) => {
      const found = await api.listOrganizations({ headers: headersOf(caller) });
      return found.map(({ slug }) => slug);
    },
    permission: async (caller) => {
      const body = { organizationId: caller.organizationId, permissions: { member: ["create" as const] } };
      return (await api.hasPermission({ headers: headersOf(caller), body })).success;
    },
    members: async (caller) => {
      const query = { organizationId: caller.organizationId };
      const { members } = await api.listMembers({ headers: headersOf(caller), query });
      return members.map(({ userId }) => userId);
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

export function betterAuthOptions(db: Kysely<unknown>) {
  return {
    ...sessionOptions,
    database: { db, type: "postgres" as const },
    plugins: [organization()],
  };
}

/** The same for both sides: a session is read from the database on every request. */
export const sessionOptions = {
  secret: sessionSecret,
  baseURL: "http://localhost:3000",
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: "error" as const },
};
