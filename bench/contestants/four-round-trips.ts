import pg from "pg";
import { listByHand, type Contestant, type ContestantOptions } from "./contestant.ts";

const setContext = {
  name: "set-context",
  text: "select set_config('rowhouse.organization_id', $1, true), set_config('rowhouse.user_id', $2, true)",
};

/** The usual recipe for row security: BEGIN; set_config; the query; COMMIT, as the runtime role. */
export function openFourRoundTrips({ runtimeUrl, connections }: ContestantOptions): Contestant {
  const pool = new pg.Pool({ connectionString: runtimeUrl, max: connections });
  return {
    name: "BEGIN, set_config, query, COMMIT",
    listNewest: async ({ id, userId }) => {
      const client = await pool.connect();
      try {
        await client.query("begin");
        await client.query({ ...setContext, values: [id, userId] });
        const { rows } = await client.query<{ name: string }>({ ...listByHand, values: [id] });
        await client.query("commit");
        return rows;
      } finally {
        client.release();
      }
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
}
