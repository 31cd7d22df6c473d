import type { Attack, Attempt, Place, Reach } from "./attack.ts";
import { isTable, type Relation } from "./catalog/catalog.ts";

/** The plan of an attack that makes one attempt on each table. */
export function onTables(run: (place: Place, relation: Relation) => Promise<Reach>): Attack["plan"] {
  return (relation) => (isTable(relation) ? [{ about: "", run: (place) => run(place, relation) }] : "It is no table.");
}

/** The plan of an attack on the column that says whose a row is. */
export function onTenantColumns(
  toAttempt: (relation: Relation, tenantColumn: string) => Omit<Attempt, "about">,
): Attack["plan"] {
  return (relation, { organizations }) => {
    const { tenantColumn } = relation;
    if (!isTable(relation)) return "It is no table.";
    if (relation === organizations) return "An organization belongs to nobody else.";
    if (tenantColumn === null) return "It has no tenant column.";
    return [{ about: "", ...toAttempt(relation, tenantColumn) }];
  };
}
