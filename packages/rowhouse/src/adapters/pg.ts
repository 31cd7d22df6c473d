import { connectionsOf, type AnyTenant } from "../tenant/connections-of.ts";
import { TenantClient } from "./tenant-client.ts";

export { type TenantClient, type TenantQuery, type TenantResult } from "./tenant-client.ts";
export { type TypeParsers } from "./raw-format.ts";

/**
 * What an ORM, a query builder or hand-written SQL takes for a client or a pool of node-postgres, bound to a tenant. Each
 * statement travels with its context in one round trip; a transaction inside of the tenant's own is a savepoint.
 * The text is not rewritten: what it may see is for row security to say.
 *
 * ```ts
 * await tenancy.enter({ organization, user }, async (tenant) => {
 *   const { rows } = await openClient(tenant).query("select name from projects where name like $1", ["A%"]);
 * });
 * ```
 *
 * @throws RowhouseError NO_TENANT for what is no tenant handle
 */
export function openClient(tenant: AnyTenant): TenantClient {
  return new TenantClient(connectionsOf(tenant));
}
