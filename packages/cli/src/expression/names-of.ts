import type { Node } from "libpg-query";

/** The words of a name, as `pg_catalog.current_setting`, from the outermost; what is no word, as a star, is empty. */
export function namesOf(parts: readonly Node[] | undefined): readonly string[] {
  return (parts ?? []).map((part) => ("String" in part ? (part.String.sval ?? "") : ""));
}

/** The last word of a name: the column, the type, the operator or the function itself. */
export function lastName(parts: readonly Node[] | undefined): string | undefined {
  // No name of Postgres is empty.
  return namesOf(parts).at(-1) || undefined;
}
