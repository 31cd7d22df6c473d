import pg from "pg";
import type { Attack } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { chooseColumn, writableColumns } from "../rows/choose-column.ts";
import { matchRow } from "../rows/match-row.ts";
import { watchRow } from "../rows/watch-row.ts";

export const updateByKey: Attack = {
  name: "update-by-key",
  title: "Update by key",
  explains: "A updates B's row by its key. A crossing is a row that was written.",
  level: "error",
  family: "write",
  plan: (relation) => {
    if (!isTable(relation)) return "It is no table.";
    const columns = writableColumns(relation);
    if (columns.length === 0) return "It has no column that may be written.";
    return [
      {
        about: "",
        run: async (place) => {
          const row = place.row(place.target);
          const { name } = await chooseColumn(place, columns);
          const { where, values } = matchRow(row, 2);
          const changeOf = await watchRow(place, row);
          // Its own value: no constraint minds it, and the row gets a new version all the same.
          await place.ask(`update ${relation.sql} set ${pg.escapeIdentifier(name)} = $1 where ${where}`, [
            row.values[name] ?? null,
            ...values,
          ]);
          return changeOf();
        },
      },
    ];
  },
};
