import pg from "pg";
import type { Attack, Attempt } from "../attack.ts";
import { isTable, type Relation } from "../catalog/catalog.ts";
import type { MadeRow } from "../world.ts";
import { matchRow } from "../rows/match-row.ts";

export const join: Attack = {
  name: "join",
  title: "Join",
  explains: "A joins B's row to its own, which it may see. A crossing is a joined row.",
  level: "error",
  family: "read",
  plan: (relation) =>
    isTable(relation)
      ? [
          attempt(relation, "join", (mine, theirs) => `join ${relation.sql} as theirs on ${theirs} where ${mine}`),
          attempt(
            relation,
            "lateral",
            (mine, theirs) =>
              `cross join lateral (select from ${relation.sql} as theirs where ${theirs}) as found where ${mine}`,
          ),
          attempt(
            relation,
            "semi-join",
            (mine, theirs) => `where ${mine} and exists (select from ${relation.sql} as theirs where ${theirs})`,
          ),
        ]
      : "It is no table.",
};

function attempt(relation: Relation, about: string, clauses: (mine: string, theirs: string) => string): Attempt {
  return {
    about,
    run: async ({ ask, row, attacker, target }) => {
      const own = row(attacker);
      const mine = matchOf("mine", own, 1);
      const theirs = matchOf("theirs", row(target), own.key.length + 1);
      const { count } = await ask(`select from ${relation.sql} as mine ${clauses(mine.where, theirs.where)}`, [
        ...mine.values,
        ...theirs.values,
      ]);
      return count === 0 ? null : `The row of ${target.name} was joined to a row of A.`;
    },
  };
}

function matchOf(alias: string, row: MadeRow, first: number) {
  return {
    where: row.key.map((name, index) => `${alias}.${pg.escapeIdentifier(name)} = $${first + index}`).join(" and "),
    values: matchRow(row).values,
  };
}
