import { betterAuth } from "better-auth";
import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { listMembers } from "rowhouse";
import { openTenancy } from "../contestants/rowhouse-tenancy.ts";
import type { Authorizer, SignedIn } from "./authorizer.ts";
import { sessionOptions } from "./better-auth-plugin.ts";

interface RowhouseUrls {
  readonly runtimeUrl: string;
  readonly identityUrl: string;
  readonly connections: number;
}

/** As the reference product has it: better-auth reads the session, and Rowhouse all that concerns organizations. */
export function openRowhouseAuthorizer({ runtimeUrl, identityUrl, connections }: RowhouseUrls): Authorizer {
  const pool = new pg.Pool({ connectionString: identityUrl, max: connections });
  const { api } = betterAuth({
    ...sessionOptions,
    database: {
      db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] }),
      type: "postgres",
      schemaName: "auth",
    },
    user: { modelName: "users" },
    session: { modelName: "sessions" },
    account: { modelName: "accounts" },
    verification: { modelName: "verifications" },
    advanced: { database: { joins: true } },
  });
  const readUser = async ({ cookie }: SignedIn): Promise<string> => {
    const session = await api.getSession({ headers: new Headers({ cookie }) });
    if (session === null) throw new Error("The session is not there.");
    return session.user.id;
  };
  const authorizer = answerAs(openTenancy({ runtimeUrl, connections }), readUser);
  return {
    key: "rowhouse",
    name: "Rowhouse, session by better-auth",
    ...authorizer,
    [Symbol.asyncDispose]: async () => {
      await authorizer[Symbol.asyncDispose]();
      await pool.end();
    },
  };
}

/** What Rowhouse adds to a request whose session is known: so the part that is its own. */
export function openRowhouseAlone({ runtimeUrl, connections }: RowhouseUrls): Authorizer {
  return {
    key: "rowhouse-alone",
    name: "Rowhouse, the session known",
    ...answerAs(openTenancy({ runtimeUrl, connections }), async ({ userId }) => userId),
  };
}

function answerAs(
  tenancy: ReturnType<typeof openTenancy>,
  readUser: (caller: SignedIn) => Promise<string>,
): Omit<Authorizer, "key" | "name"> {
  return {
    organizations: async (caller) => {
      const found = await tenancy.listOrganizations(await readUser(caller));
      return found.map(({ organization }) => organization.slug);
    },
    permission: async (caller) => {
      const entry = { organization: caller.slug, user: await readUser(caller) };
      return tenancy.enter(entry, async (tenant) => tenant.can("projects:create"));
    },
    members: async (caller) => {
      const entry = { organization: caller.slug, user: await readUser(caller) };
      const { items } = await tenancy.enter(entry, (tenant) => listMembers(tenant));
      return items.map(({ userId }) => userId);
    },
    [Symbol.asyncDispose]: () => tenancy.close(),
  };
}
