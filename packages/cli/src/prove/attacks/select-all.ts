import pg from "pg";
import type { Attack } from "../attack.ts";
import { onTables } from "../on-tables.ts";
import { matchTenant } from "../rows/match-tenant.ts";

export const selectAll: Attack = {
  name: "select-all",
  title: "Select all",
  explains: "A reads the whole table without a condition. A crossing is a row of B among what comes back.",
  level: "error",
  family: "read",
  plan: onTables(async (place, relation) => {
    const { where, values } = matchTenant(place);
    const { key } = place.row(place.target);
    const names = [...new Set([...key, ...(relation.tenantColumn === null ? [] : [relation.tenantColumn])])];
    const columns = names.map((name) => pg.escapeIdentifier(name)).join(", ");
    // Offset keeps the condition outside: inside, the table is read whole.
    const { rows } = await place.ask(
      `select count(*)::text as count from (select ${columns} from ${relation.sql} offset 0) as everything where ${where}`,
      values,
    );
    const count = String(rows[0]?.["count"]);
    return count === "0" ? null : `Rows of ${place.target.name} that were read: ${count}.`;
  }),
};
