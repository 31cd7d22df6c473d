import type { Pools } from "../database/pools.ts";

/** What those parts of the tenancy share that work outside of tenant scopes. */
export interface TenancyParts {
  readonly pools: Pools;
  /** The boot guard, waited for before the database is asked for anything. */
  readonly start: () => Promise<void>;
}
