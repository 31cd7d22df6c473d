import { createHash } from "node:crypto";
import type { Catalog } from "./catalog/catalog.ts";

/**
 * What a plan was made from: tables, columns, primary and foreign keys. What a conversion adds itself is left out of it, that is
 * `column` and every key with it, so that it stays the same from the first phase until contract.
 */
export function fingerprintOf(catalog: Pick<Catalog, "tables">, column: string): string {
  // Partitions come and go by themselves.
  const lasting = catalog.tables.filter(({ isPartition }) => !isPartition);
  const tables = lasting.map((table) => ({
    table: table.sql,
    kind: table.kind,
    parents: table.parents,
    columns: table.columns
      .filter(({ name }) => name !== column)
      .map(({ name, type, generated }) => [name, type, generated]),
    key: table.key,
    foreignKeys: table.foreignKeys
      .filter(({ columns }) => !columns.includes(column))
      .map(({ columns, parent, parentColumns }) => [columns, parent, parentColumns])
      .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)),
  }));
  return createHash("sha256").update(JSON.stringify(tables)).digest("hex").slice(0, 32);
}
