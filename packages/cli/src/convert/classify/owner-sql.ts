import pg from "pg";
import type { Derivation } from "../plan.ts";

/** What is needed to follow a derivation: how each table's owner is found, and the two tables where all ways end. */
export interface Followed {
  readonly derivations: ReadonlyMap<string, Derivation>;
  readonly users: { readonly table: string; readonly key: string };
  readonly teams: { readonly table: string; readonly key: string } | null;
  /** How many tables have been passed. */
  readonly depth?: number;
}

/** Deeper than this no schema goes; a way that does turns in a circle. */
const deepest = 12;

/** The owner of a row as text, `user 7` or `team 3`, as an expression over a row called `row`. Null where there is none. */
export function ownerSql(derivation: Derivation, row: string, followed: Followed): string {
  const { depth = 0 } = followed;
  if (depth > deepest) return "null::text";
  const next = `r${depth + 1}`;
  const column = (name: string): string => `${row}.${pg.escapeIdentifier(name)}`;
  const through = (table: string, condition: string): string =>
    `(select ${ownerOfTable(table, next, { ...followed, depth: depth + 1 })} from ${table} as ${next} where ${condition} limit 1)`;
  switch (derivation.by) {
    case "user":
      return `('user ' || ${column(derivation.column)}::text)`;
    case "team":
      return `('team ' || ${column(derivation.column)}::text)`;
    case "parent":
      return through(derivation.parent, equal([derivation.parentColumns, derivation.columns], next, row));
    case "referrer":
      return through(derivation.referrer, equal([derivation.referrerColumns, derivation.columns], next, row));
    case "polymorphic": {
      const cases = derivation.cases.map(
        ({ value, parent, parentColumn }) =>
          `when ${pg.escapeLiteral(value)} then ${through(parent, `${next}.${pg.escapeIdentifier(parentColumn)}::text = ${column(derivation.idColumn)}::text`)}`,
      );
      return cases.length === 0 ? "null::text" : `(case ${column(derivation.typeColumn)}::text ${cases.join(" ")} end)`;
    }
    case "coalesce":
      return `coalesce(${derivation.of.map((each) => ownerSql(each, row, followed)).join(", ")})`;
  }
}

function ownerOfTable(table: string, row: string, followed: Followed): string {
  const { users, teams, derivations } = followed;
  if (table === users.table) return `('user ' || ${row}.${pg.escapeIdentifier(users.key)}::text)`;
  if (table === teams?.table) return `('team ' || ${row}.${pg.escapeIdentifier(teams.key)}::text)`;
  const derivation = derivations.get(table);
  return derivation === undefined ? "null::text" : ownerSql(derivation, row, followed);
}

function equal(
  [left, right]: readonly [readonly string[], readonly string[]],
  leftRow: string,
  rightRow: string,
): string {
  return left
    .map(
      (name, index) =>
        `${leftRow}.${pg.escapeIdentifier(name)} = ${rightRow}.${pg.escapeIdentifier(right[index] ?? "")}`,
    )
    .join(" and ");
}
