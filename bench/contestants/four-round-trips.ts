import type { BenchOrganization } from "../database/bench-database.ts";
import { sqlOperations, type Query, type Statement } from "../operations/sql-operations.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";
import { PgPool } from "./pg-pool.ts";

/** The usual recipe for row security: BEGIN; set_config; the work; COMMIT, as the runtime role. */
export function openFourRoundTrips(options: ContestantOptions): Contestant {
  const pool = new PgPool(options.runtimeUrl, options);
  const transaction = <T>(organization: BenchOrganization, work: (query: Query) => Promise<T>): Promise<T> =>
    pool.transaction(async (query) => {
      await query(setContext(organization));
      return work(query);
    });
  return {
    name: "BEGIN, set_config, query, COMMIT",
    ...sqlOperations({
      query: <Row>(organization: BenchOrganization, statement: Statement) =>
        transaction(organization, (query) => query<Row>(statement)),
      transaction,
    }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function setContext({ id, userId }: BenchOrganization): Statement {
  return {
    name: "set-context",
    text: "select set_config('rowhouse.organization_id', $1, true), set_config('rowhouse.user_id', $2, true)",
    values: [id, userId],
  };
}
