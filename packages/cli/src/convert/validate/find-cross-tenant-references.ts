import { ownedTables, sourceTables } from "../phases/derivation-sql.ts";
import { name } from "../phases/names.ts";
import type { PlannedTable } from "../plan.ts";
import type { ConversionFinding } from "./conversion-finding.ts";
import { countLabels, findingsOf, type Validation } from "./validation.ts";

/** Rows that point to a row of another organization: by foreign keys, by keys that only the plan knows, and by a type and an id. */
export async function findCrossTenantReferences(validation: Validation): Promise<ConversionFinding[]> {
  const findings: ConversionFinding[] = [];
  const owned = ownedTables(validation.plan);
  for (const table of owned) {
    for (const edge of edgesOf(table)) {
      if (!owned.some((each) => each.table === edge.parent)) continue;
      findings.push(...(await findAlong(validation, table, edge)));
    }
  }
  return findings;
}

interface Edge {
  readonly parent: string;
  /** For a person. */
  readonly by: string;
  readonly condition: (row: string, parent: string) => string;
}

/** A reference that the plan leaves open, as a share with others, may cross. */
function edgesOf({ references, derive }: PlannedTable): Edge[] {
  const keys = references
    .filter(({ composite }) => composite)
    .map(({ columns, parent, parentColumns }) => ({
      parent,
      by: columns.join(", "),
      condition: (row: string, other: string) =>
        columns.map((column, at) => `${row}.${name(column)} = ${other}.${name(parentColumns[at] ?? "")}`).join(" and "),
    }));
  // Of several ways the first that is set decides; what a row refers to by another may be anybody's.
  const deciding = derive?.by === "coalesce" ? derive.of[0] : derive;
  const derived = (deciding === null || deciding === undefined ? [] : sourceTables(deciding)).map(
    ({ table, columns, condition }) => ({
      parent: table,
      by: `its owner's ${columns.join(", ")}`,
      condition,
    }),
  );
  // What the plan lists as a reference as well is told once.
  return [...keys, ...derived.filter(({ parent }) => keys.every((one) => one.parent !== parent))];
}

async function findAlong(validation: Validation, table: PlannedTable, edge: Edge): Promise<ConversionFinding[]> {
  const column = name(validation.plan.column);
  const key =
    table.key.length === 0 ? "c.ctid::text" : `concat_ws(', ', ${table.key.map((one) => `c.${name(one)}`).join(", ")})`;
  const found = await countLabels(
    validation,
    `select ${key} as label from ${table.table} c join ${edge.parent} p on ${edge.condition("c", "p")}
     where c.${column} <> p.${column}`,
  );
  return findingsOf(found, {
    rule: "cross-tenant-reference",
    table: table.table,
    detail: `Rows point by ${edge.by} to rows of ${edge.parent} in another organization.`,
  });
}
