import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack } from "../attack.ts";
import { onTables } from "../on-tables.ts";
import { matchTenant } from "../rows/match-tenant.ts";

export const aggregate: Attack = {
  name: "aggregate",
  title: "Aggregate",
  explains:
    "A counts B's rows and asks for the least and the greatest of its values. A crossing is a number above zero or a value.",
  level: "error",
  family: "read",
  plan: onTables(async (place, relation) => {
    const { where, values } = matchTenant(place);
    const column = place.row(place.target).key[0];
    if (column === undefined) throw new CannotTell(`The row of ${place.target.name} has no value.`);
    const name = pg.escapeIdentifier(column);
    const { rows } = await place.ask(
      `select count(*) filter (where ${where})::text as count,
                   min(${name}::text) filter (where ${where}) as least, max(${name}::text) filter (where ${where}) as greatest
                 from ${relation.sql}`,
      values,
    );
    const { count, least, greatest } = rows[0] ?? {};
    if (String(count) === "0" && least === null && greatest === null) return null;
    return `Rows of ${place.target.name} that were counted: ${String(count)}.`;
  }),
};
