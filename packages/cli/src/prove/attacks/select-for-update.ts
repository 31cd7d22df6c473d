import type { Attack } from "../attack.ts";
import { onTables } from "../on-tables.ts";
import { matchRow } from "../rows/match-row.ts";

export const selectForUpdate: Attack = {
  name: "select-for-update",
  title: "Lock",
  explains:
    "A locks B's row (SELECT … FOR UPDATE), which would keep B from writing to it. A crossing is a row that was locked.",
  level: "error",
  family: "write",
  plan: onTables(async ({ ask, row, target }, relation) => {
    const { where, values } = matchRow(row(target));
    const { count } = await ask(`select from ${relation.sql} where ${where} for update`, values);
    return count === 0 ? null : `${count} row of ${target.name} was locked.`;
  }),
};
