import { openClient } from "rowhouse/pg";
import type { BenchOrganization } from "../database/bench-database.ts";
import { sqlOperations, type Query, type Statement } from "../operations/sql-operations.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";
import { holdScopes } from "./held-scopes.ts";

/** The same SQL as by hand, on the client that a tenant gives to what expects node-postgres. */
export async function openRowhousePg(options: ContestantOptions): Promise<Contestant> {
  const scopes = await holdScopes(options);
  const query = async <Row>(organization: BenchOrganization, { text, values }: Statement): Promise<Row[]> =>
    (await openClient(scopes.tenantOf(organization)).query<Row>({ text, values })).rows;
  return {
    name: "Rowhouse on pg",
    ...sqlOperations({
      query,
      transaction: async <T>(organization: BenchOrganization, work: (query: Query) => Promise<T>): Promise<T> => {
        const client = await openClient(scopes.tenantOf(organization)).connect();
        try {
          await client.query("begin");
          const run = async <Row>({ text, values }: Statement) => (await client.query<Row>({ text, values })).rows;
          const result = await work(run);
          await client.query("commit");
          return result;
        } catch (error) {
          await client.query("rollback");
          throw error;
        } finally {
          client.release();
        }
      },
    }),
    [Symbol.asyncDispose]: () => scopes[Symbol.asyncDispose](),
  };
}
