import type { Attack } from "../attack.ts";
import { freeOfChildren } from "../drop-references.ts";
import { onTables } from "../on-tables.ts";
import { matchRow } from "../rows/match-row.ts";
import { watchRow } from "../rows/watch-row.ts";

export const deleteByKey: Attack = {
  name: "delete-by-key",
  title: "Delete by key",
  explains: "A deletes B's row by its key. A crossing is a row that is gone.",
  level: "error",
  family: "write",
  plan: onTables(async (place, relation) => {
    await freeOfChildren(place);
    const row = place.row(place.target);
    const { where, values } = matchRow(row);
    const changeOf = await watchRow(place, row);
    await place.ask(`delete from ${relation.sql} where ${where}`, values);
    return changeOf();
  }),
};
