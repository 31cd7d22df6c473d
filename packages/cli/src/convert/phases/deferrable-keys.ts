import type { Index } from "../catalog/catalog.ts";
import type { Plan, PlannedTable, PlannedUnique } from "../plan.ts";
import { widenIndex } from "./indexes.ts";
import { name, newName } from "./names.ts";
import type { Schema, SchemaTable } from "./schema.ts";

/**
 * No index that is built while others work can be deferrable: it would refuse statements that rely on that, as a swap of two places,
 * from the moment it is there. So such a key is left alone as long as the old application works.
 */
export function withoutDeferrableKeys(plan: Plan, schema: Schema): Plan {
  const tables = plan.tables.map((table) => {
    const facts = schema.tables.find((one) => one.sql === table.table);
    const uniques = table.uniques.map((unique) => ({
      ...unique,
      widen: unique.widen && !isDeferrable(facts?.indexes.find((index) => index.name === unique.index)),
    }));
    return { ...table, uniques };
  });
  return { ...plan, tables };
}

export function isDeferrable(index: Index | undefined): boolean {
  return (index?.deferral ?? "") !== "";
}

interface Replaced {
  readonly schema: Schema;
  readonly facts: SchemaTable;
  readonly table: PlannedTable;
  readonly unique: PlannedUnique;
  readonly old: Index;
}

/** The key within an organization in the place of the old one, which stands until then. */
export function replaceDeferrableKey(plan: Plan, { schema, facts, table, unique, old }: Replaced): string[] {
  const { purpose, keys: columns, rest } = widenIndex(plan, { table, unique, old });
  const title = name(newName(schema, facts, purpose));
  const keys = columns.join(", ");
  const drop = `alter table ${table.table} drop constraint ${name(old.constraint ?? old.name)}`;
  // Of a partitioned table no index can be made a constraint.
  if (facts.kind === "partitioned table")
    return [`alter table ${table.table} add constraint ${title} unique${rest} (${keys}) ${old.deferral}`, drop];
  return [
    `create unique index ${title} on ${table.table} (${keys})${rest}`,
    `alter table ${table.table} add constraint ${title} unique using index ${title} ${old.deferral}`,
    drop,
  ];
}
