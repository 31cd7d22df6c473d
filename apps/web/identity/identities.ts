import type { Kysely } from "kysely";
import { tenancy } from "../tenancy/tenancy.ts";
import type { IdentityDatabase } from "./database.ts";

/** The tables of accounts, as the identity role: they belong to no organization. */
export function identities(): Kysely<IdentityDatabase> {
  return tenancy().identityDatabase<IdentityDatabase>();
}
