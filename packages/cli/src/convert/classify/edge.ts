import type { Table } from "../catalog/catalog.ts";

/** A table's columns that hold the key of another's row, as a foreign key says or as names let guess. */
export interface Edge {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly parent: Table;
  readonly parentColumns: readonly string[];
  /** Raw; null where no constraint stands. */
  readonly constraint: string | null;
  readonly source: "key" | "schema" | "name";
  readonly notNull: boolean;
  readonly cascade: boolean;
  /** At most one row for each of the parent's. */
  readonly unique: boolean;
}

/** What tells edges apart, also in evidence. */
export function edgeId({
  table,
  columns,
  parent,
  parentColumns,
}: Pick<Edge, "table" | "columns" | "parent" | "parentColumns">): string {
  return `${table.sql} (${columns.join(", ")}) -> ${parent.sql} (${parentColumns.join(", ")})`;
}

export function makeEdge(
  table: Table,
  to: Pick<Edge, "columns" | "parent" | "parentColumns">,
  about: Pick<Edge, "constraint" | "source" | "cascade">,
): Edge {
  return {
    table,
    ...to,
    ...about,
    notNull: to.columns.every((name) => table.columns.some((column) => column.name === name && column.notNull)),
    unique: isUnique(table, to.columns),
  };
}

/** Whether a unique key of the whole table lies within these columns. */
export function isUnique(table: Table, columns: readonly string[]): boolean {
  return table.indexes.some(
    (index) =>
      index.unique &&
      index.valid &&
      index.predicate === null &&
      index.columns.every((column) => column !== null && columns.includes(column)),
  );
}

/** The foreign keys that stand. A partition's are those of its whole. */
export function edgesOfKeys(tables: readonly Table[]): readonly Edge[] {
  const byName = new Map(tables.map((table) => [table.sql, table]));
  return tables.flatMap((table) =>
    table.foreignKeys.flatMap(({ name, columns, parent: target, parentColumns, onDelete }) => {
      const parent = byName.get(target);
      if (parent === undefined) return [];
      return [
        makeEdge(
          table,
          { columns, parent, parentColumns },
          { constraint: name, source: "key", cascade: onDelete === "c" },
        ),
      ];
    }),
  );
}
