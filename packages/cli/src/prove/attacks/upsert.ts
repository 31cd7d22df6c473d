import pg from "pg";
import type { Attack, Attempt } from "../attack.ts";
import { isTable, type Relation, type UniqueKey } from "../catalog/catalog.ts";
import { assertChosen } from "../rows/assert-chosen.ts";
import { chooseColumn, writableColumns } from "../rows/choose-column.ts";
import { insertStatement } from "../rows/insert-statement.ts";
import { rowWithValues } from "../rows/row-with-values.ts";
import { watchRow } from "../rows/watch-row.ts";

export const upsert: Attack = {
  name: "upsert",
  title: "Upsert",
  explains: "A inserts a row with the key of B's (ON CONFLICT … DO UPDATE). A crossing is a row of B that was written.",
  level: "error",
  family: "write",
  plan: (relation) => {
    if (!isTable(relation)) return "It is no table.";
    const generated = new Set(relation.columns.filter((column) => column.generated).map(({ name }) => name));
    const keys = relation.uniqueKeys.filter(
      ({ partial, columns }) => !partial && columns.length > 0 && !columns.some((name) => generated.has(name)),
    );
    return keys.length === 0
      ? "It has no unique key that an INSERT may give."
      : keys.map((key) => attempt(relation, key));
  },
};

function attempt(relation: Relation, key: UniqueKey): Attempt {
  return {
    about: key.columns.join(", "),
    run: async (place) => {
      await assertChosen(place, key.columns);
      const row = await rowWithValues(place, place.target, key.columns);
      const given = Object.fromEntries(key.columns.map((name) => [name, row.values[name] ?? null]));
      const says = relation.tenantColumn !== null && key.columns.includes(relation.tenantColumn);
      const values = await place.rows.compose(relation, says ? place.target : place.attacker, given);
      const { name } = await chooseColumn(place, writableColumns(relation));
      const insert = insertStatement(relation, values);
      const changeOf = await watchRow(place, row);
      await place.ask(
        `${insert.text} on conflict (${key.columns.map((each) => pg.escapeIdentifier(each)).join(", ")})
         do update set ${pg.escapeIdentifier(name)} = $${insert.values.length + 1}`,
        [...insert.values, row.values[name] ?? null],
      );
      return changeOf();
    },
  };
}
