import pg from "pg";
import type { Attack } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { chooseColumn, writableColumns } from "../rows/choose-column.ts";
import { watchRow } from "../rows/watch-row.ts";

export const updateAll: Attack = {
  name: "update-all",
  title: "Blind update",
  explains:
    "A updates the whole table and reads nothing of it, so that the policies for reading do not help. A crossing is a row of B that was written.",
  level: "error",
  family: "write",
  plan: (relation) => {
    if (!isTable(relation)) return "It is no table.";
    const unique = relation.uniqueKeys.filter(({ columns }) => columns.length === 1).map(({ columns }) => columns[0]);
    const columns = writableColumns(relation).filter(({ name }) => !unique.includes(name));
    if (columns.length === 0) return "Each of its columns is unique or generated: all rows cannot get one value.";
    return [
      {
        about: "",
        run: async (place) => {
          const { name } = await chooseColumn(place, columns);
          const changeOf = await watchRow(place, place.row(place.target));
          await place.ask(`update ${relation.sql} set ${pg.escapeIdentifier(name)} = $1`, [
            place.row(place.attacker).values[name] ?? null,
          ]);
          return changeOf();
        },
      },
    ];
  },
};
