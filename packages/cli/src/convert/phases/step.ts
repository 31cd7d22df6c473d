import type { PhaseName } from "../plan.ts";
import { list } from "./names.ts";

/** Rows that are changed a batch at a time, each batch in a transaction with the place where it ended. */
export interface BatchJob {
  /** A table, or one part of a partitioned one, as SQL writes it. */
  readonly table: string;
  /** Columns of its primary key with their types, in order; empty to go by the place on disk. */
  readonly key: readonly { readonly name: string; readonly type: string }[];
  /** Further columns of `batch`. */
  readonly columns: readonly string[];
  /** Which rows of `t` are left to do. */
  readonly where: string;
  /** What is done to the rows of the table `batch`, whose columns are the key's (or `place`): one statement that returns a row for each changed one. */
  readonly change: string;
  /** The rows themselves stay as they are, so they are not locked. */
  readonly readsOnly?: boolean;
  /** The application's triggers run, as its foreign keys must. Otherwise they are kept quiet where that is allowed. */
  readonly withTriggers?: boolean;
}

/** SQL that goes into a table of its own transaction, or, as `concurrently`, one statement that must be in none. */
export interface Change {
  readonly how: "transaction" | "concurrently";
  readonly statements: readonly string[];
}

/** What `rowhouse` itself does, where SQL that is known beforehand is not enough. */
export type Act = "install" | "canary" | "validate";

/** The smallest part of a conversion that is done or not done. */
export interface Step {
  /** Stable, as `triggers:public.links`. */
  readonly id: string;
  readonly phase: PhaseName;
  readonly act?: Act;
  readonly do: readonly Change[];
  readonly batches?: {
    readonly jobs: readonly BatchJob[];
    /** Rounds go on until one changes nothing. */ readonly repeat: boolean;
  };
  /** About how many rows `batches` changes. */
  readonly rows?: number;
  /** In the order in which they run. */
  readonly undo: readonly Change[];
  /** The index that `concurrently` makes, as SQL writes it: what an interrupted run left of it is invalid and goes. */
  readonly index?: string;
  /** Tables whose policies change, raw `schema.table`: the manifest follows. */
  readonly policiesOf?: readonly string[];
  /** The strongest lock on a table in use, as pg_locks names it; null where none is taken. */
  readonly lock: string | null;
  /** On which tables, as SQL writes them. */
  readonly on: readonly string[];
  readonly estimate: string;
  /** Cannot be undone. */
  readonly irreversible?: boolean;
}

/** Statements of one transaction. */
export function together(...statements: readonly string[]): Change {
  return { how: "transaction", statements };
}

/** A statement that must not be in a transaction. */
export function alone(statement: string): Change {
  return { how: "concurrently", statements: [statement] };
}

/** By which a row `t` of the table is the row `b` of a batch. */
export function matchSql(key: BatchJob["key"]): string {
  if (key.length === 0) return "t.ctid = b.place";
  const names = key.map((one) => one.name);
  return `(${list(names, "t")}) = (${list(names, "b")})`;
}
