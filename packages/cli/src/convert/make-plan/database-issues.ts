import type { Catalog } from "../catalog/catalog.ts";
import type { PlannedTable } from "../plan.ts";

/** Published tables are named up to this many. */
const named = 5;

/** What a person should know of the whole database before a conversion touches it, a sentence each. */
export function databaseIssues(catalog: Catalog, planned: readonly PlannedTable[]): readonly string[] {
  const logical = catalog.slots.filter((slot) => slot.logical).map(({ name }) => name);
  return [
    ...(logical.length === 0
      ? []
      : [
          `Logical replication slots: ${logical.join(", ")}. Every row that the backfill changes goes through them; watch their lag.`,
        ]),
    ...publicationIssues(catalog, planned),
    ...quotedIssues(catalog),
  ];
}

function publicationIssues(catalog: Catalog, planned: readonly PlannedTable[]): string[] {
  const changed = planned
    .filter(({ derive }) => derive !== null)
    .flatMap(({ table }) => catalog.byName.get(table) ?? []);
  const publications = [...new Set(changed.flatMap((table) => table.publications))].sort();
  return publications.map((publication) => {
    const tables = changed.filter((table) => table.publications.includes(publication)).map(({ sql }) => sql);
    const those = tables.length > named ? `${tables.length} tables that change` : tables.join(", ");
    return `The publication ${publication} holds ${those}: subscribers need the new column first, and receive every row that the backfill changes.`;
  });
}

function quotedIssues({ tables }: Catalog): string[] {
  const quoted = tables.filter(
    ({ sql, columns, isPartition }) =>
      !isPartition && (sql.includes('"') || columns.some(({ name }) => name !== name.toLowerCase())),
  ).length;
  if (quoted === 0) return [];
  const those = quoted === 1 ? "one table or its columns" : `${quoted} tables or their columns`;
  return [`Names of ${those} need quotes: SQL by hand has to write them so.`];
}
