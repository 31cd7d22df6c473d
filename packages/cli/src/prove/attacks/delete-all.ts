import type { Attack } from "../attack.ts";
import { freeOfChildren } from "../drop-references.ts";
import { onTables } from "../on-tables.ts";
import { watchRow } from "../rows/watch-row.ts";

export const deleteAll: Attack = {
  name: "delete-all",
  title: "Blind delete",
  explains: "A deletes the whole table and reads nothing of it. A crossing is a row of B that is gone.",
  level: "error",
  family: "write",
  plan: onTables(async (place, relation) => {
    await freeOfChildren(place);
    const changeOf = await watchRow(place, place.row(place.target));
    await place.ask(`delete from ${relation.sql}`);
    return changeOf();
  }),
};
