import pg from "pg";
import { listByHand, type Contestant, type ContestantOptions } from "./contestant.ts";

/** The limit: `where organization_id = $1` on a pg pool, prepared, as a role that row security does not apply to. */
export function openByHand({ adminUrl, connections }: ContestantOptions): Contestant {
  const pool = new pg.Pool({ connectionString: adminUrl, max: connections });
  return {
    name: "`where` by hand on pg",
    listNewest: async ({ id }) => {
      const { rows } = await pool.query<{ name: string }>({ ...listByHand, values: [id] });
      return rows;
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
}
