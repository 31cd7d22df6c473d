import { PrismaPg } from "@prisma/adapter-pg";
import { RowhouseError } from "../../errors.ts";
import { DriverRefusal } from "./driver-refusal.ts";
import type { TenantClient, TenantQuery, TenantResult } from "../tenant-client.ts";

/** Prisma's own driver for Postgres, over a tenant's connections in place of a pool. */
export class TenantDriver extends PrismaPg {
  readonly #pool: DriverPool;

  constructor(client: TenantClient) {
    super({});
    this.#pool = new DriverPool(client);
    // The driver knows a pool by its class, and there may be several copies of node-postgres in a tree.
    Reflect.set(this, "externalPool", this.#pool);
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    if (Object.is(adapter.underlyingDriver(), this.#pool)) return adapter;
    await adapter.dispose();
    throw new RowhouseError(
      "UNSCOPABLE_STATEMENT",
      "This version of @prisma/adapter-pg connects by itself and past the tenant; use one that rowhouse names as its peer.",
    );
  }
}

/** What Prisma's driver calls on a pool and on its clients. Errors of Postgres come as node-postgres has them, for Prisma's codes. */
class DriverPool {
  readonly #client: TenantClient;

  constructor(client: TenantClient) {
    this.#client = client;
  }

  async connect(): Promise<DriverPool> {
    return new DriverPool(await this.#client.connect());
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

/** A time limit and a cancellation are ours to tell of: Postgres has one code for both. */
function asPrismaReadsIt(error: unknown): unknown {
  if (!(error instanceof RowhouseError)) return error;
  const isOurs = error.sqlstate === undefined || error.code === "CANCELED" || error.code === "STATEMENT_TIMEOUT";
  return !isOurs && isDriverError(error.cause) ? error.cause : new DriverRefusal(error);
}

function isDriverError(error: unknown): boolean {
  return error instanceof Error && "severity" in error;
}
