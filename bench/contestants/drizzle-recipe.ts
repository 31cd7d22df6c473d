import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { BenchOrganization } from "../database/bench-database.ts";
import { drizzleOperations, type Drizzle } from "../operations/drizzle-operations.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";

/** Drizzle's recipe for row security: every piece of work in `db.transaction`, which begins with set_config. */
export function openDrizzleRecipe({ runtimeUrl, connections }: ContestantOptions): Contestant {
  const pool = new pg.Pool({ connectionString: runtimeUrl, max: connections });
  const db = drizzle(pool);
  const transaction = <T>({ id }: BenchOrganization, work: (db: Drizzle) => Promise<T>): Promise<T> =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('rowhouse.organization_id', ${id}, true)`);
      return work(tx);
    });
  return {
    name: "Drizzle, transaction recipe",
    ...drizzleOperations({ run: transaction, transaction }),
    [Symbol.asyncDispose]: () => pool.end(),
  };
}
