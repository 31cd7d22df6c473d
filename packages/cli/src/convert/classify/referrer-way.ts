import type { Table } from "../catalog/catalog.ts";
import type { Edge } from "./edge.ts";
import { findPairs } from "./find-polymorphic.ts";
import { holdsFiles } from "./global-shape.ts";
import { edgesFrom, edgesTo, type Situation } from "./situation.ts";
import { coalesceOf, columnsText, type Way } from "./way.ts";

/** A table that owned rows point to one by one belongs to whoever points to it. */
export function referrerWay(situation: Situation, table: Table, isOwned: (referrer: Table) => boolean): Way | null {
  // Parts of the table itself point to it, too, and cannot say whose it is.
  const referring = edgesTo(situation, table).filter((edge) => hasOtherWay(situation, edge));
  const owned = referring.filter((edge) => isOwned(edge.table));
  if (owned.length === 0 || owned.length !== referring.length) return null;
  if (owned.some(({ unique }) => !unique)) {
    const [only] = owned;
    // Files are somebody's; whether each is pointed to once only, a person has to say.
    return only !== undefined && owned.length === 1 && holdsFiles(table)
      ? {
          ...wayBack(only),
          confidence: 0.6,
          reason: `Rows of ${only.table.sql} point to it, perhaps each to one of its own.`,
        }
      : null;
  }
  return coalesceOf(owned.map(wayBack), {
    confidence: 0.8,
    reason: "Rows of several tables point to it, each to one of its own.",
  });
}

/** What is a part of this table itself cannot say whose it is. */
function hasOtherWay(situation: Situation, { table, parent }: Edge): boolean {
  return (
    edgesFrom(situation, table).some((edge) => edge.parent !== parent && edge.notNull) ||
    findPairs(table, []).length > 0
  );
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
