import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Place } from "../attack.ts";
import { onTables } from "../on-tables.ts";
import { matchRow } from "../rows/match-row.ts";

export const errorText: Attack = {
  name: "error-text",
  title: "Error text",
  explains:
    "A casts B's value to a number: the message of the error would show it. A crossing is a message with the value.",
  level: "error",
  family: "read",
  plan: onTables(async (place, relation) => {
    const { column, value } = tellingValue(place);
    const { where, values } = matchRow(place.row(place.target));
    const cast = `(${pg.escapeIdentifier(column)}::text || 'x')::integer = 1`;
    try {
      await place.ask(`select from ${relation.sql} where case when ${where} then ${cast} else false end`, values);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !error.message.includes(value)) throw error;
      return `The message of an error shows the value of ${column} of ${place.target.name}.`;
    }
    return null;
  }),
};

/** A value that only the target's row has, the longest. */
function tellingValue({ row, target, world, relation }: Place): { column: string; value: string } {
  const { values } = row(target);
  const other = row(target === world.a ? world.b : world.a).values;
  let found: { column: string; value: string } | undefined;
  for (const { name } of relation.columns) {
    const value = values[name];
    if (value === null || value === undefined || value === other[name] || value === "") continue;
    if (found === undefined || value.length > found.value.length) found = { column: name, value };
  }
  if (found === undefined) throw new CannotTell(`The rows of A and B in ${relation.sql} differ in no value.`);
  return found;
}
