import type { Generated } from "kysely";

/** The tables of the sign-in library that we write ourselves, at sign-up. Kysely knows them as in schema `auth`. */
export interface IdentityDatabase {
  "auth.users": { id: string; name: string; email: string; emailVerified: Generated<boolean> };
  "auth.accounts": { id: string; userId: string; accountId: string; providerId: string; password: string };
}
