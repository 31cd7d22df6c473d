import type { Role } from "../access/roles.ts";
import type { PooledConnection } from "../database/pooled-connection.ts";
import type { Pool } from "../database/pool.ts";
import type { Binding } from "../database/context.ts";
import { RowhouseError } from "../errors.ts";
import type { Actor } from "./actor.ts";
import type { Organization } from "./organization.ts";
import type { Scope } from "./scope.ts";
import type { TableScopes } from "./table-scopes.ts";
import type { TransactionLife } from "./transaction-life.ts";

/** Any tenant handle, whatever its tables and permissions are. */
export interface AnyTenant {
  readonly organization: Organization;
  readonly actor: Actor;
  readonly role: Role;
}

/** A transaction from its BEGIN to its end. */
export interface RunningTransaction {
  readonly connection: PooledConnection;
  /** Of its statements: the tenant's, which ends with it. */
  readonly binding: Binding;
  readonly life: TransactionLife;
}

/** What a tenant's statements go through. For adapters; no application gets it. */
export interface TenantConnections {
  readonly pool: Pool;
  readonly scope: Scope;
  readonly scopes: TableScopes;
  readonly binding: Binding;
  /** The transaction that the tenant is the handle of. */
  readonly transaction?: RunningTransaction | undefined;
}

const connections = new WeakMap<object, TenantConnections>();

export function rememberConnections(tenant: AnyTenant, its: TenantConnections): void {
  connections.set(tenant, its);
}

/** @throws RowhouseError NO_TENANT for anything that is no tenant handle, such as a client of node-postgres */
export function connectionsOf(tenant: AnyTenant): TenantConnections {
  const found = typeof tenant === "object" && tenant !== null ? connections.get(tenant) : undefined;
  if (found !== undefined) return found;
  throw new RowhouseError("NO_TENANT", `Expected the tenant handle that enter gives, and received ${describe(tenant)}`);
}

function describe(received: unknown): string {
  if (typeof received !== "object" || received === null) return `${typeof received}. Hand over the tenant itself.`;
  if ("organization" in received && "actor" in received) {
    return (
      "one of another copy of rowhouse. This process has loaded the library twice: in two versions, or by import here and by " +
      'require there, as where a package.json lacks "type": "module". Load it once.'
    );
  }
  const name = (received.constructor as { readonly name: string } | undefined)?.name ?? "an object";
  return `${name}. A client of your own is not bound to an organization; hand over the tenant itself.`;
}
