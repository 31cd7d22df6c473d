import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Attempt, Place } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { freeOfChildren } from "../drop-references.ts";
import { chooseColumn, writableColumns } from "../rows/choose-column.ts";
import { matchRow } from "../rows/match-row.ts";
import { watchRow } from "../rows/watch-row.ts";

export const merge: Attack = {
  name: "merge",
  title: "Merge",
  explains: "A matches B's row in a MERGE and updates or deletes it. A crossing is a row that was written or is gone.",
  level: "error",
  family: "write",
  plan: (relation) => {
    if (!isTable(relation)) return "It is no table.";
    const columns = writableColumns(relation);
    const remove = attempt("delete", async (place) => {
      await freeOfChildren(place);
      return { action: "delete", values: [] };
    });
    if (columns.length === 0) return [remove];
    const update = attempt("update", async (place) => {
      const { name } = await chooseColumn(place, columns);
      return {
        action: `update set ${pg.escapeIdentifier(name)} = $1`,
        values: [place.row(place.target).values[name] ?? null],
      };
    });
    return [update, remove];
  },
};

type Action = { readonly action: string; readonly values: readonly (string | null)[] };

function attempt(about: string, actionOf: (place: Place) => Promise<Action>): Attempt {
  return {
    about,
    run: async (place) => {
      await assertMerges(place);
      const row = place.row(place.target);
      const { action, values } = await actionOf(place);
      const match = matchRow(row, values.length + 1);
      const changeOf = await watchRow(place, row);
      await place.ask(
        `merge into ${place.relation.sql} using (select) as nothing on ${match.where} when matched then ${action}`,
        [...values, ...match.values],
      );
      return changeOf();
    },
  };
}

async function assertMerges({ look }: Place): Promise<void> {
  const { count } = await look(
    "select from pg_catalog.pg_settings where name = 'server_version_num' and setting::integer < 150000",
  );
  if (count > 0) throw new CannotTell("This server has no MERGE: Postgres 15 brought it.");
}
