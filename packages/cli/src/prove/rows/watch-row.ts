import type { Place, Reach } from "../attack.ts";
import type { MadeRow } from "../world.ts";
import { matchRow } from "./match-row.ts";

/** Remembers the version of a row; the function that comes back tells whether somebody wrote to it since. */
export async function watchRow({ look, target }: Place, row: MadeRow): Promise<() => Promise<Reach>> {
  const { where, values } = matchRow(row);
  const version = async (): Promise<unknown> => {
    const { rows } = await look(
      `select tableoid::text || ctid::text as version from ${row.relation.sql} where ${where}`,
      values,
    );
    return rows[0]?.["version"];
  };
  const before = await version();
  return async () => {
    const after = await version();
    if (after === before) return null;
    return after === undefined ? `The row of ${target.name} is gone.` : `The row of ${target.name} was changed.`;
  };
}
