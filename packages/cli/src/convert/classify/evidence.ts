import type { Derivation } from "../plan.ts";

/** What some rows of a table say. */
export interface TableSample {
  /** How many rows were looked at. */
  readonly rows: number;
  /** Of each column that may refer to a row: which of them are set in a row, as `101`, and in how many rows. In the order of `columns`. */
  readonly columns: readonly string[];
  readonly patterns: ReadonlyMap<string, number>;
  /** By edge: rows whose value the parent does not have. */
  readonly missing: ReadonlyMap<string, number>;
  /** Of columns that say which table another points to. */
  readonly values: ReadonlyMap<string, readonly SeenValue[]>;
}

/** A value of a column that says which table another points to, and the name that it stands for. */
export interface SeenValue {
  readonly value: string;
  readonly means: string;
  readonly count: number;
}

/** Two ways to an owner, of the same rows. */
export interface Comparison {
  readonly table: string;
  readonly left: Derivation;
  readonly right: Derivation;
}

export interface Agreement {
  /** Rows for which both give an owner. */
  readonly both: number;
  readonly differ: number;
  /** How many owners the left gives. */
  readonly owners: number;
}

/** What was found out of the data; a table that could not be read has no sample. */
export interface Evidence {
  readonly samples: ReadonlyMap<string, TableSample>;
  /** By {@link comparisonId}. */
  readonly agreements: ReadonlyMap<string, Agreement>;
}

export const noEvidence: Evidence = { samples: new Map(), agreements: new Map() };

export function comparisonId({ table, left, right }: Comparison): string {
  return JSON.stringify([table, left, right]);
}

/** How many of the sampled rows have all of the columns set; null where nothing is known. */
export function countSet(sample: TableSample | undefined, columns: readonly string[]): number | null {
  return countRows(sample, columns, (set) => set === columns.length);
}

/** Rows in which so many of the columns are set as `fits` says. */
export function countRows(
  sample: TableSample | undefined,
  columns: readonly string[],
  fits: (set: number) => boolean,
): number | null {
  if (sample === undefined) return null;
  const places = columns.map((column) => sample.columns.indexOf(column));
  if (places.includes(-1)) return null;
  let count = 0;
  for (const [pattern, rows] of sample.patterns)
    if (fits(places.filter((place) => pattern[place] === "1").length)) count += rows;
  return count;
}
