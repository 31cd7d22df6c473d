import type { Attack } from "../attack.ts";
import { onTables } from "../on-tables.ts";
import { matchRow } from "../rows/match-row.ts";

export const rowSecurityOff: Attack = {
  name: "row-security-off",
  title: "row_security = off",
  explains:
    "A switches row_security off, which everybody may, and reads B's row. Postgres has to refuse; a crossing is a row.",
  level: "error",
  family: "read",
  plan: onTables(async ({ ask, row, target }, relation) => {
    await ask("set local row_security = off");
    const { where, values } = matchRow(row(target));
    const { count } = await ask(`select from ${relation.sql} where ${where}`, values);
    return count === 0 ? null : `${count} row of ${target.name} was read.`;
  }),
};
