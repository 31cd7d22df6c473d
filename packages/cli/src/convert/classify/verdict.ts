import type { Table } from "../catalog/catalog.ts";
import type { TableClass } from "../plan.ts";
import type { Edge } from "./edge.ts";
import type { Way } from "./way.ts";

/** What was decided of a table. */
export interface Verdict {
  readonly table: Table;
  readonly class: TableClass;
  /** Of `tenant` and `mixed`. */
  readonly way: Way | null;
  readonly confidence: number;
  readonly reason: string;
  /** What a person may choose instead, in the words of a question. */
  readonly choices: readonly string[];
  /** A program's own, which nobody reads who uses the application. */
  readonly internal?: boolean;
  /** Of what is not decided: the whole that it goes with, unless a person says otherwise. */
  readonly whole?: Edge;
  /** Rows without an owner among those looked at; null where none were looked at. */
  readonly ownerless: number | null;
}

/** Below this a person decides. */
export const sureEnough = 0.7;
