import { PrismaPg } from "@prisma/adapter-pg";
import { RowhouseError } from "../../errors.ts";
import { ScopePool } from "./scope-connections.ts";

/** Prisma's own driver for Postgres, over the connections of tenants in place of a pool. */
export class TenantDriver extends PrismaPg {
  readonly #pool = new ScopePool();

  constructor() {
    super({});
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
