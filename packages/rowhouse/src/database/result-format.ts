import type { FieldDescription, ResultColumn } from "./result-columns.ts";

/**
 * How the rows of a statement come out. Without one they come as a tenant handle gives them: objects with names in
 * TypeScript.
 */
export interface ResultFormat {
  toColumns(fields: readonly FieldDescription[]): readonly ResultColumn[];
  toRow(columns: readonly ResultColumn[], values: readonly (string | null)[]): unknown;
}
