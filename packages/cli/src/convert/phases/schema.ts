import type { Table } from "../catalog/catalog.ts";
import type { PhaseName } from "../plan.ts";

export interface SchemaTable extends Table {
  /** Of a partition that came while the conversion went on: the last phase that had begun by then. */
  readonly foundIn?: PhaseName;
  /** Of a partition that went: the last phase that had begun by then. */
  readonly goneIn?: PhaseName;
}

/** What the steps of a conversion are planned from, beside the plan. It is kept with the ledger, so it is plain data. */
export interface Schema {
  readonly database: string;
  /** Schema `rowhouse` stood there before. */
  readonly hasControlPlane: boolean;
  readonly hasJobQueue: boolean;
  readonly publicMayCreate: boolean;
  readonly publicMayMakeTemporary: boolean;
  /** Roles whom no row security binds. */
  readonly unboundRoles: readonly string[];
  readonly tables: readonly SchemaTable[];
}

/** The partitions right below a table. */
export function partsOf(schema: Schema, table: string): SchemaTable[] {
  return schema.tables.filter(({ isPartition, parents }) => isPartition && parents.includes(table));
}

/** The parts of a partitioned table that hold rows, or the table itself. */
export function leavesOf(schema: Schema, table: string): SchemaTable[] {
  const parts = partsOf(schema, table);
  if (parts.length > 0) return parts.flatMap((part) => leavesOf(schema, part.sql));
  return schema.tables.filter(({ sql, kind }) => sql === table && kind === "table");
}

/** @throws TypeError for a table that is not there, which the checks before a run have ruled out */
export function getTable(schema: Schema, table: string): SchemaTable {
  const found = schema.tables.find(({ sql }) => sql === table);
  if (found === undefined) throw new TypeError(`${table} is not in the schema that was read.`);
  return found;
}

/** Undefined for a column that is not there. */
export function columnType({ tables }: Schema, table: string, column: string): string | undefined {
  return tables.find(({ sql }) => sql === table)?.columns.find(({ name }) => name === column)?.type;
}
