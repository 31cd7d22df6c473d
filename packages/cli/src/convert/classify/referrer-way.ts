import type { Table } from "../catalog/catalog.ts";
import type { Edge } from "./edge.ts";
import { edgesFrom, edgesTo, type Situation } from "./situation.ts";
import { coalesceOf, columnsText, type Way } from "./way.ts";

/** A table that owned rows point to one by one belongs to whoever points to it. */
export function referrerWay(situation: Situation, table: Table, isOwned: (referrer: Table) => boolean): Way | null {
  const referring = edgesTo(situation, table);
  const single = referring.filter((edge) => edge.unique && isOwned(edge.table) && hasOtherWay(situation, edge));
  if (single.length === 0 || single.length !== referring.length) return null;
  return coalesceOf(single.map(wayBack), {
    confidence: 0.8,
    reason: "Rows of several tables point to it, each to one of its own.",
  });
}

/** What is a part of this table itself cannot say whose it is. */
function hasOtherWay(situation: Situation, { table, parent }: Edge): boolean {
  return edgesFrom(situation, table).some((edge) => edge.parent !== parent && edge.notNull);
}

function wayBack({ table, columns, parent, parentColumns }: Edge): Way {
  return {
    derivation: { by: "referrer", columns: parentColumns, referrer: table.sql, referrerColumns: columns },
    step: { from: `${parent.sql}.${columnsText(parentColumns)}`, to: `${table.sql}.${columnsText(columns)}` },
    next: table,
    confidence: 0.88,
    reason: `At most one row of ${table.sql} points to each: it belongs to that one.`,
    optional: [],
  };
}
