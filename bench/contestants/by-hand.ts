import { sqlOperations } from "../operations/sql-operations.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";
import { PgPool } from "./pg-pool.ts";

/** The limit: `where organization_id = $1` on a pg pool, as a role that row security does not apply to. */
export function openByHand(options: ContestantOptions): Contestant {
  const pool = new PgPool(options.adminUrl, options);
  return {
    name: "`where` by hand on pg",
    ...sqlOperations({
      query: (_organization, statement) => pool.query(statement),
      transaction: (_organization, work) => pool.transaction(work),
    }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
