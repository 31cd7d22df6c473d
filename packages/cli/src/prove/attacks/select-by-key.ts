import type { Attack } from "../attack.ts";
import { onTables } from "../on-tables.ts";
import { matchRow } from "../rows/match-row.ts";

export const selectByKey: Attack = {
  name: "select-by-key",
  title: "Select by key",
  explains: "A asks for B's row by its key, as an application does that forgot the organization. A crossing is a row.",
  level: "error",
  family: "read",
  plan: onTables(async ({ ask, row, target }, relation) => {
    const { where, values } = matchRow(row(target));
    const { count } = await ask(`select from ${relation.sql} where ${where}`, values);
    return count === 0 ? null : `${count} row of ${target.name} was read.`;
  }),
};
