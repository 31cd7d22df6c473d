import { betterAuth } from "better-auth";
import { v7 as uuidv7 } from "uuid";
import { webSettings } from "../settings.ts";
import { tenancy } from "../tenancy/tenancy.ts";

const globals = globalThis as typeof globalThis & { rowhouseAuth?: ReturnType<typeof createAuth> };

/** Passwords and sessions. It knows nothing of organizations: those are Rowhouse's, and read on every request. */
export function auth(): ReturnType<typeof createAuth> {
  return (globals.rowhouseAuth ??= createAuth());
}

const week = 7 * 24 * 3600;

function createAuth() {
  const { secret, publicUrl, secureCookies } = webSettings();
  return betterAuth({
    appName: "Rowhouse",
    secret,
    baseURL: publicUrl,
    database: { db: tenancy().identityDatabase(), type: "postgres", schemaName: "auth" },
    user: { modelName: "users" },
    // No cookie cache: a session that was ended is refused on the very next request.
    session: { modelName: "sessions", expiresIn: week, updateAge: 24 * 3600, cookieCache: { enabled: false } },
    account: { modelName: "accounts" },
    verification: { modelName: "verifications" },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    rateLimit: { enabled: true, storage: "database", modelName: "rateLimits", window: 60, max: 100 },
    advanced: {
      cookiePrefix: "rowhouse",
      useSecureCookies: secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      // With joins a session and its user are one question.
      database: { generateId: () => uuidv7(), joins: true },
    },
    telemetry: { enabled: false },
    logger: { level: "error" },
  });
}
