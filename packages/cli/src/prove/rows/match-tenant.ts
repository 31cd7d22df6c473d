import pg from "pg";
import type { Place } from "../attack.ts";
import type { Value } from "../session.ts";
import { matchRow } from "./match-row.ts";

/** A condition that is true of all that is the target's in the relation: by the tenant column, or of its one row where there is none. */
export function matchTenant({ relation, target, row }: Place): { where: string; values: readonly Value[] } {
  const { tenantColumn } = relation;
  if (tenantColumn === null) return matchRow(row(target));
  // The row is asked for in any case: without one, that nothing was found would say nothing.
  const value = row(target).values[tenantColumn] ?? target.organizationId;
  return { where: `${pg.escapeIdentifier(tenantColumn)} = $1`, values: [value] };
}
