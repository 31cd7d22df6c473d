import pg from "pg";
import type { Attack, Place, Reach } from "../attack.ts";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import { isTable, type Relation } from "../catalog/catalog.ts";
import { insertStatement } from "../rows/insert-statement.ts";
import { matchRow } from "../rows/match-row.ts";
import type { MadeRow } from "../world.ts";

export const tempShadow: Attack = {
  name: "temp-shadow",
  title: "Shadow table",
  explains:
    "A makes a temporary table of the same name with rows that make it B's, for functions of policies that look the name up. A crossing is a row of B that shows then.",
  level: "error",
  family: "power",
  plan: (relation, { policiesCall }) => {
    if (!isTable(relation)) return "It is no table.";
    // A policy's own names were looked up when it was made.
    if (!policiesCall) return "No policy asks a function, which could be made to find another table of the name.";
    return [
      {
        about: "",
        run: (place) => shadow(place, relation),
        grant: (role) =>
          `do $$ begin execute format('grant temporary on database %I to %s', current_database(), ${pg.escapeLiteral(role)}); end $$`,
      },
    ];
  },
};

async function shadow(place: Place, relation: Relation): Promise<Reach> {
  const { ask, target, attacker, row } = place;
  const name = `pg_temp.${pg.escapeIdentifier(relation.name)}`;
  const columns = relation.columns.map((column) => `${pg.escapeIdentifier(column.name)} ${column.type}`).join(", ");
  await ask(`create temporary table ${pg.escapeIdentifier(relation.name)} (${columns})`);
  await ask(`grant select on ${name} to public`);
  const [own, theirs] = [row(attacker), row(target)];
  const moved = { ...own.values };
  if (relation.tenantColumn !== null) moved[relation.tenantColumn] = theirs.values[relation.tenantColumn] ?? null;
  for (const values of [own.values, theirs.values, moved]) {
    const insert = insertStatement({ ...relation, sql: name }, values);
    await ask(insert.text, insert.values);
  }
  for (const each of place.catalog.tenantTables.filter(isTable)) {
    const wanted = find(place, each);
    if (wanted === null) continue;
    const { where, values } = matchRow(wanted);
    const answer = await place.attempt(`select from ${each.sql} where ${where}`, values);
    if (!("sqlstate" in answer) && answer.count > 0) return `A row of ${target.name} in ${each.sql} was read.`;
  }
  return null;
}

function find({ row, target }: Place, relation: Relation): MadeRow | null {
  try {
    return row(target, relation);
  } catch (error) {
    if (error instanceof CannotTell) return null;
    throw error;
  }
}
