import type { PhaseName } from "../plan.ts";

/** A column as far as a conversion asks for it. */
export interface SchemaColumn {
  readonly name: string;
  /** As SQL writes it. */
  readonly type: string;
  readonly notNull: boolean;
  readonly generated: boolean;
}

/** A foreign key, also one that stands on a partition. */
export interface SchemaForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  /** As `schema.table`, quoted where SQL needs it. */
  readonly parent: string;
  readonly parentColumns: readonly string[];
  /** `a` no action, `r` restrict, `c` cascade, `n` set null, `d` set default. */
  readonly onDelete: string;
  /** The same, of a key that changes. */
  readonly onUpdate: string;
  /** Proved for the rows that are there. */
  readonly valid: boolean;
  /** As SQL writes it: `deferrable initially deferred`, or empty. */
  readonly deferral: string;
}

export interface SchemaIndex {
  readonly name: string;
  /** Raw names; an expression is not among them. */
  readonly columns: readonly string[];
  /** Its keys as SQL writes them. */
  readonly keys: readonly string[];
  readonly unique: boolean;
  readonly primary: boolean;
  /** The name of the constraint that it stands for, or null. */
  readonly constraint: string | null;
  /** `WHERE` of a partial index, or null. */
  readonly predicate: string | null;
  readonly nullsNotDistinct: boolean;
  /** Of its constraint, as SQL writes it: `deferrable initially deferred`, or empty. */
  readonly deferral: string;
}

export interface SchemaTable {
  /** As `schema.table`, quoted where SQL needs it. */
  readonly table: string;
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  /** `r` ordinary, `p` partitioned. */
  readonly kind: string;
  /** The partitioned table that it is a part of, as SQL writes it. */
  readonly partitionOf: string | null;
  /** It inherits, or is inherited from, without being a partition. */
  readonly inherits: boolean;
  readonly rows: number;
  readonly rowSecurity: boolean;
  readonly policies: readonly string[];
  readonly columns: readonly SchemaColumn[];
  readonly indexes: readonly SchemaIndex[];
  readonly foreignKeys: readonly SchemaForeignKey[];
  /** Names of triggers that a person made, that are switched on. */
  readonly triggers: readonly string[];
  /** What PUBLIC may do with it. */
  readonly publicRights: readonly string[];
  /** Publications of updates, to which Postgres refuses those of this table since it does not say by what a row is known. */
  readonly unidentifiedIn: readonly string[];
  /** Sequences that its columns draw from, as SQL writes them. */
  readonly sequences: readonly string[];
  /** Of a partition that came while the conversion went on: the last phase that had begun by then. */
  readonly foundIn?: PhaseName;
  /** Of a partition that went: the last phase that had begun by then. */
  readonly goneIn?: PhaseName;
}

/** What the steps of a conversion are planned from, beside the plan. It is kept with the ledger, so it is plain data. */
export interface Schema {
  readonly database: string;
  readonly serverVersion: number;
  /** Schema `rowhouse` stood there before. */
  readonly hasControlPlane: boolean;
  readonly hasJobQueue: boolean;
  readonly publicMayCreate: boolean;
  readonly publicMayMakeTemporary: boolean;
  /** Roles whom no row security binds. */
  readonly unboundRoles: readonly string[];
  readonly tables: readonly SchemaTable[];
}

/** The parts of a partitioned table that hold rows, or the table itself. */
export function leavesOf(schema: Schema, table: string): SchemaTable[] {
  const parts = schema.tables.filter(({ partitionOf }) => partitionOf === table);
  if (parts.length > 0) return parts.flatMap((part) => leavesOf(schema, part.table));
  return schema.tables.filter((one) => one.table === table && one.kind === "r");
}

/** @throws TypeError for a table that is not there, which the checks before a run have ruled out */
export function getTable(schema: Schema, table: string): SchemaTable {
  const found = schema.tables.find((one) => one.table === table);
  if (found === undefined) throw new TypeError(`${table} is not in the schema that was read.`);
  return found;
}

/** Undefined for a column that is not there. */
export function columnType({ tables }: Schema, table: string, column: string): string | undefined {
  return tables.find((one) => one.table === table)?.columns.find((one) => one.name === column)?.type;
}
