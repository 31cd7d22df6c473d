/** One column of a table. */
export interface Column {
  readonly name: string;
  /** As SQL writes it: `character varying(40)`, `public.mood`. */
  readonly type: string;
  /** What is below domains and modifiers: `character varying`. */
  readonly baseType: string;
  readonly isDomain: boolean;
  readonly notNull: boolean;
  /** Made from other columns. */
  readonly generated: boolean;
  /** Of an enum; empty for all else. */
  readonly labels: readonly string[];
}

export interface Index {
  /** Raw, in the table's schema. */
  readonly name: string;
  /** The key's columns in order; an expression among them is null. */
  readonly columns: readonly (string | null)[];
  /** The same as SQL writes them. */
  readonly keys: readonly string[];
  readonly unique: boolean;
  readonly primary: boolean;
  readonly valid: boolean;
  /** The condition of a partial index. */
  readonly predicate: string | null;
  /** The constraint that it serves, raw. */
  readonly constraint: string | null;
  readonly nullsNotDistinct: boolean;
  /** Of its constraint, as SQL writes it: `deferrable initially deferred`, or empty. */
  readonly deferral: string;
}

export interface ForeignKey {
  /** Raw. */
  readonly name: string;
  readonly columns: readonly string[];
  /** `schema.table`, quoted where SQL needs it. */
  readonly parent: string;
  readonly parentColumns: readonly string[];
  /** pg_constraint's letter: `a` no action, `r` restrict, `c` cascade, `n` set null, `d` set default. */
  readonly onDelete: string;
  readonly onUpdate: string;
  /** As SQL writes it: `deferrable initially deferred`, or empty. */
  readonly deferral: string;
  readonly validated: boolean;
}

export interface Check {
  readonly name: string;
  readonly columns: readonly string[];
  readonly condition: string;
}

export type TableKind = "table" | "partitioned table" | "foreign table";

/** A table that a person made; those of extensions and of Rowhouse itself are not among them. */
export interface Table {
  /** Raw. */
  readonly schema: string;
  /** Raw. */
  readonly name: string;
  /** `schema.table`, quoted where SQL needs it: the name by which a plan knows it. */
  readonly sql: string;
  readonly kind: TableKind;
  readonly owner: string;
  /** What it is a partition or an inheriting child of, as `sql`. */
  readonly parents: readonly string[];
  readonly isPartition: boolean;
  readonly rowSecurity: boolean;
  readonly columns: readonly Column[];
  /** Raw names of the primary key's; empty where there is none. */
  readonly key: readonly string[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  /** Names of those that a person made. */
  readonly triggers: readonly string[];
  /** Names of rewrite rules. */
  readonly rules: readonly string[];
  /** Names. */
  readonly policies: readonly string[];
  /** Publications that it is in, those of all tables included. */
  readonly publications: readonly string[];
  /** Those of updates, to which Postgres refuses this table's since nothing says by what a row is known. */
  readonly unidentifiedIn: readonly string[];
  /** What PUBLIC may do with it. */
  readonly publicRights: readonly string[];
  /** Sequences that its columns draw from, as SQL writes them. */
  readonly sequences: readonly string[];
  /** As the catalog estimates; partitions summed; counted where the catalog has never looked and the table is small. */
  readonly rows: number;
  /** With its indexes and what is stored apart; partitions summed. */
  readonly bytes: number;
}

export interface View {
  /** `schema.view`, quoted where SQL needs it. */
  readonly sql: string;
  readonly materialized: boolean;
  readonly securityInvoker: boolean;
  /** The tables that it shows, also through other views, as `sql`. */
  readonly shows: readonly string[];
}

/** A transaction of somebody else that has been open for a while. */
export interface LongTransaction {
  readonly pid: number;
  readonly seconds: number;
  /** The tables on which it holds a lock, as `sql`. */
  readonly tables: readonly string[];
}

export interface Slot {
  readonly name: string;
  readonly logical: boolean;
}

/** What stands in the database, read once. */
export interface Catalog {
  readonly database: string;
  readonly tables: readonly Table[];
  /** By `sql`. */
  readonly byName: ReadonlyMap<string, Table>;
  readonly views: readonly View[];
  /** Replication slots of this database, and physical ones. */
  readonly slots: readonly Slot[];
  readonly longTransactions: readonly LongTransaction[];
}
