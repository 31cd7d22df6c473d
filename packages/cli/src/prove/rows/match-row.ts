import pg from "pg";
import type { Value } from "../session.ts";
import type { MadeRow } from "../world.ts";

/** A condition that is true of one row alone, with its values; parameters are numbered from `first`. */
export function matchRow({ key, values }: MadeRow, first = 1): { where: string; values: readonly Value[] } {
  return {
    where: key.map((name, index) => `${pg.escapeIdentifier(name)} = $${first + index}`).join(" and "),
    values: key.map((name) => values[name] ?? null),
  };
}
