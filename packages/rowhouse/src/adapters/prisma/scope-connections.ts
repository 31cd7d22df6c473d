import { AsyncLocalStorage } from "node:async_hooks";
import { RowhouseError } from "../../errors.ts";
import type { TenantClient, TenantQuery, TenantResult } from "../tenant-client.ts";
import { DriverRefusal } from "./driver-refusal.ts";

const current = new AsyncLocalStorage<TenantClient>();

/** Runs a call of Prisma's engine; all statements that come of it, whenever they come, go through this tenant's client. */
export function throughClient<T>(client: TenantClient, call: () => T): T {
  return current.run(client, call);
}

/** What Prisma's driver calls on a pool. Every statement and every connection is the tenant's in whose call it is asked for. */
export class ScopePool {
  async connect(): Promise<DriverConnection> {
    return new DriverConnection(await clientOfCall().connect());
  }

  async query(query: TenantQuery | string): Promise<TenantResult<unknown>> {
    return new DriverConnection(clientOfCall()).query(query);
  }

  on(): this {
    return this;
  }

  removeListener(): this {
    return this;
  }
}

/** Errors of Postgres come as node-postgres has them, for Prisma's codes. */
class DriverConnection {
  readonly #client: TenantClient;

  constructor(client: TenantClient) {
    this.#client = client;
  }

  async query(query: TenantQuery | string): Promise<TenantResult<unknown>> {
    try {
      return await this.#client.query<unknown>(query);
    } catch (error) {
      throw asPrismaReadsIt(error);
    }
  }

  on(): this {
    return this;
  }

  removeListener(): this {
    return this;
  }

  release(): void {
    this.#client.release();
  }
}

function clientOfCall(): TenantClient {
  const client = current.getStore();
  if (client !== undefined) return client;
  const message = "A statement of Prisma's came from outside of a tenant's client. Use the one that openPrisma gives.";
  throw new DriverRefusal(new RowhouseError("NO_TENANT", message));
}

/** A time limit and a cancellation are ours to tell of: Postgres has one code for both. */
function asPrismaReadsIt(error: unknown): unknown {
  if (!(error instanceof RowhouseError)) return error;
  const isOurs = error.sqlstate === undefined || error.code === "CANCELED" || error.code === "STATEMENT_TIMEOUT";
  return !isOurs && isDriverError(error.cause) ? error.cause : new DriverRefusal(error);
}

function isDriverError(error: unknown): boolean {
  return error instanceof Error && "severity" in error;
}
