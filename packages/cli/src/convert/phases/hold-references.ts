import { planReference } from "rowhouse/migrations";
import type { ForeignKey } from "../catalog/catalog.ts";
import type { Plan, PlannedTable } from "../plan.ts";
import { ownedTables } from "./derivation-sql.ts";
import { name, text } from "./names.ts";
import { getTable, type Schema } from "./schema.ts";
import { together, type Step } from "./step.ts";

/**
 * Keeps references into mixed tables to rows of the same organization and of nobody, by a trigger: a key that begins with the organization
 * would not find everybody's rows. Where rows refer to another organization's today, something is shared, and the reference stays open; the
 * boot guard names it.
 */
export function holdReferences(plan: Plan, schema: Schema): Step[] {
  const mixed = new Set(plan.tables.filter((table) => table.class === "mixed").map(({ table }) => table));
  return ownedTables(plan).flatMap((table) =>
    getTable(schema, table.table)
      .foreignKeys.filter(({ parent, parentColumns }) => mixed.has(parent) && !parentColumns.includes(plan.column))
      .map((key) => holdReference(plan, { schema, table, key })),
  );
}

interface OpenReference {
  readonly schema: Schema;
  readonly table: PlannedTable;
  readonly key: ForeignKey;
}

function holdReference({ column }: Plan, { schema, table: { table }, key }: OpenReference): Step {
  const facts = getTable(schema, table);
  const [drop, create] = planReference(
    {
      table: `${facts.schema}.${facts.name}`,
      constraint: key.name,
      deferrable: key.deferral !== "",
      deferred: key.deferral.endsWith("deferred"),
    },
    column,
  );
  const org = name(column);
  const joined = key.columns.map((one, at) => `c.${name(one)} = p.${name(key.parentColumns[at] ?? "")}`).join(" and ");
  return {
    id: `hard:reference:${table}:${key.name}`,
    phase: "hard-isolation",
    do: [
      together(
        `do ${text(`begin
        if not exists (select from ${table} c join ${key.parent} p on ${joined} where p.${org} <> c.${org} or (c.${org} is null and p.${org} is not null)) then
          ${create?.sql ?? ""};
        end if;
      end`)}`,
      ),
    ],
    undo: [together(drop?.sql ?? "")],
    lock: "ShareRowExclusiveLock",
    on: [table],
    estimate: `reads ${facts.rows.toLocaleString("en-US")} rows, then instant`,
  };
}
