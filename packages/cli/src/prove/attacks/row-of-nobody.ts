import pg from "pg";
import type { Attack, Attempt, Place } from "../attack.ts";
import { isTable, type Relation } from "../catalog/catalog.ts";
import { dropTenantReferences, freeOfChildren } from "../drop-references.ts";
import { chooseColumn, writableColumns } from "../rows/choose-column.ts";
import { insertStatement } from "../rows/insert-statement.ts";
import { matchRow } from "../rows/match-row.ts";
import { watchRow } from "../rows/watch-row.ts";
import type { MadeRow } from "../world.ts";
import { removeTwin } from "./move-to-other.ts";

export const rowOfNobody: Attack = {
  name: "row-of-nobody",
  title: "Row of nobody",
  explains:
    "Where a row may be in no organization, as a template for everybody: A changes such a row, takes it over, deletes it or makes one. A crossing is a row that was written. To read one is none.",
  level: "error",
  family: "write",
  plan: (relation, { organizations }) => {
    const { tenantColumn } = relation;
    if (!isTable(relation)) return "It is no table.";
    if (relation === organizations || tenantColumn === null) return "It has no tenant column.";
    if (relation.columns.some(({ name, notNull }) => name === tenantColumn && notNull))
      return "Every row is in an organization.";
    return [
      ...changes(relation, tenantColumn),
      {
        about: "insert",
        run: async ({ ask, rows, target, attacker }) => {
          const composed = await rows.compose(relation, attacker);
          const nobodys = target === attacker ? composed : { ...composed, [tenantColumn]: null };
          const { text, values } = insertStatement(relation, nobodys);
          const { count } = await ask(text, values);
          return count === 0 ? null : "A row of nobody was made.";
        },
      },
    ];
  },
};

function changes(relation: Relation, tenantColumn: string): readonly Attempt[] {
  const write = (about: string, statement: (place: Place, row: MadeRow) => Promise<void>): Attempt => ({
    about,
    run: async (place) => {
      const row = await rowToReach(place, tenantColumn);
      const changeOf = await watchRow(place, row);
      await statement(place, row);
      const change = await changeOf();
      return change === null || place.target === place.attacker ? change : "A row of nobody was written.";
    },
  });
  const column = pg.escapeIdentifier(tenantColumn);
  return [
    ...(writableColumns(relation).length === 0
      ? []
      : [
          write("change", async (place, row) => {
            const { name } = await chooseColumn(place, writableColumns(relation));
            const { where, values } = matchRow(row, 2);
            const set = `${pg.escapeIdentifier(name)} = $1`;
            await place.ask(`update ${relation.sql} set ${set} where ${where}`, [row.values[name] ?? null, ...values]);
          }),
        ]),
    {
      ...write("take over", async (place, row) => {
        const { where, values } = matchRow(row, 2);
        const own = place.attacker.organizationId;
        await place.ask(`update ${relation.sql} set ${column} = $1 where ${where}`, [own, ...values]);
      }),
      unguard: async (place) => {
        await dropTenantReferences(place);
        await removeTwin(place, place.attacker);
      },
    },
    write("delete", async (place, row) => {
      const { where, values } = matchRow(row);
      await place.ask(`delete from ${relation.sql} where ${where}`, values);
    }),
  ];
}

/** B's row, made nobody's; A's stays A's, since it shows only that the attempt works. */
async function rowToReach(place: Place, tenantColumn: string): Promise<MadeRow> {
  const row = place.row(place.target);
  await freeOfChildren(place);
  if (place.target === place.attacker) return row;
  const { where, values } = matchRow({ ...row, key: row.key.filter((name) => name !== tenantColumn) });
  const table = row.relation.sql;
  await place.look(`update ${table} set ${pg.escapeIdentifier(tenantColumn)} = null where ${where}`, values);
  return { ...row, key: row.key.filter((name) => name !== tenantColumn) };
}
