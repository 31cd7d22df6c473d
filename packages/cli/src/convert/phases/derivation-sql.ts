import type { Derivation, Plan, PlannedTable } from "../plan.ts";
import { matchByText, compareSql, type Match } from "./match-by-text.ts";
import { name, text } from "./names.ts";
import { columnType, type Schema } from "./schema.ts";

/** Tables that get the new column. */
export function ownedTables(plan: Plan): PlannedTable[] {
  return plan.tables.filter((table) => table.class === "tenant" || table.class === "mixed");
}

interface Way {
  readonly plan: Plan;
  /** What stands before a column of the row, as `new` or `t`. */
  readonly row: string;
  /** A parent that has no organization yet is asked for its own owner. Otherwise only for its column. */
  readonly deep: boolean;
  /** Whoever has no organization yet gets one. Otherwise there is none. */
  readonly make: boolean;
  /** For types of columns: where they are known an index can be used. */
  readonly types?: Schema;
  /** Tables on the way, so that a circle ends. */
  readonly passed?: readonly string[];
}

/** The organization of a row, as an expression over it: NULL where nobody owns it. */
export function derivationSql(derive: Derivation, way: Way): string {
  const { row } = way;
  switch (derive.by) {
    case "user":
    case "team":
      return ownerSql(derive.by, `${row}.${name(derive.column)}`, way.make);
    case "parent":
      return fromRow(derive.parent, { way, at: pairs(derive.parentColumns, derive.columns, row) });
    case "referrer":
      return fromRow(derive.referrer, { way, at: pairs(derive.referrerColumns, derive.columns, row) });
    case "polymorphic": {
      const cases = derive.cases.map(({ value, parent, parentColumn }) => {
        const id = `${row}.${name(derive.idColumn)}`;
        const end = endOf(way.plan, parent);
        if (end !== undefined) return `when ${text(value)} then ${ownerSql(end, id, way.make)}`;
        const at = [
          matchByText(id, { column: parentColumn, type: way.types && columnType(way.types, parent, parentColumn) }),
        ];
        return `when ${text(value)} then ${fromRow(parent, { way, at })}`;
      });
      return cases.length === 0
        ? "null::uuid"
        : `(case ${row}.${name(derive.typeColumn)}::text ${cases.join(" ")} end)`;
    }
    case "coalesce":
      return `coalesce(${derive.of.map((one) => derivationSql(one, way)).join(", ")})`;
  }
}

/** Columns of the row itself that say to whom it belongs. */
export function sourceColumns(derive: Derivation): string[] {
  switch (derive.by) {
    case "user":
    case "team":
      return [derive.column];
    case "parent":
    case "referrer":
      return [...derive.columns];
    case "polymorphic":
      return [derive.typeColumn, derive.idColumn];
    case "coalesce":
      return [...new Set(derive.of.flatMap(sourceColumns))];
  }
}

/** The columns that say whose a row is, of the old application; only those that name a user, or a team, where that is asked. */
export function ownerColumns({ derive }: Pick<PlannedTable, "derive">, only?: "user" | "team"): string[] {
  const columns = (one: Derivation): string[] => {
    if (one.by === "coalesce") return one.of.flatMap(columns);
    return (one.by === "user" || one.by === "team") && one.by === (only ?? one.by) ? [one.column] : [];
  };
  return derive === null ? [] : columns(derive);
}

/** Another table whose rows give a row its organization, and the condition by which row `row` of the derived table is found from `source`. */
export interface SourceTable {
  readonly table: string;
  readonly by: "parent" | "referrer";
  /** Columns of the other table that the condition reads. */
  readonly columns: readonly string[];
  readonly condition: (row: string, source: string) => string;
  /** Of a polymorphic reference: the column that holds the other's key, often of another type. */
  readonly looseColumn?: string;
}

export function sourceTables(derive: Derivation): SourceTable[] {
  switch (derive.by) {
    case "user":
    case "team":
      return [];
    case "parent":
      return [joined("parent", derive.parent, [derive.columns, derive.parentColumns])];
    case "referrer":
      return [joined("referrer", derive.referrer, [derive.columns, derive.referrerColumns])];
    case "polymorphic":
      return derive.cases.map(({ value, parent, parentColumn }) => ({
        table: parent,
        by: "parent",
        columns: [parentColumn],
        looseColumn: derive.idColumn,
        condition: (row, source) =>
          `${row}.${name(derive.typeColumn)}::text = ${text(value)} and ${row}.${name(derive.idColumn)}::text = ${source}.${name(parentColumn)}::text`,
      }));
    case "coalesce":
      return derive.of.flatMap(sourceTables);
  }
}

/** Where ways end: the value is then the key of a user or a team itself. */
export function endOf({ users, teams }: Plan, table: string): "user" | "team" | undefined {
  if (table === users.table) return "user";
  return table === teams?.table ? "team" : undefined;
}

/** Whose rows give this table's rows their organization, in both directions. */
export function takersOf(plan: Plan, table: string): { taker: PlannedTable; source: SourceTable }[] {
  return ownedTables(plan).flatMap((taker) =>
    taker.derive === null
      ? []
      : sourceTables(taker.derive)
          .filter((source) => source.table === table)
          .map((source) => ({ taker, source })),
  );
}

function joined(
  by: SourceTable["by"],
  table: string,
  [columns, sources]: readonly [readonly string[], readonly string[]],
): SourceTable {
  return {
    table,
    by,
    columns: sources,
    condition: (row, source) =>
      columns.map((column, at) => `${row}.${name(column)} = ${source}.${name(sources[at] ?? "")}`).join(" and "),
  };
}

function ownerSql(kind: "user" | "team", key: string, make: boolean): string {
  if (make) return `rowhouse_convert.organization_of(${text(kind)}, ${key}::text)`;
  return `(select o.organization_id from rowhouse_convert.owners o where o.kind = ${text(kind)} and o.key = ${key}::text)`;
}

function pairs(sources: readonly string[], columns: readonly string[], row: string): Match[] {
  return sources.map((column, at) => ({ column, value: `${row}.${name(columns[at] ?? "")}` }));
}

/** `limit 1`: a referrer is one by a unique key, and where there is no such key two must not be an error. */
function fromRow(table: string, { way, at }: { way: Way; at: readonly Match[] }): string {
  const passed = way.passed ?? [];
  const alias = `p${passed.length}`;
  const column = `${alias}.${name(way.plan.column)}`;
  const derive = way.plan.tables.find((one) => one.table === table)?.derive ?? null;
  const goesOn = way.deep && derive !== null && !passed.includes(table) && passed.length < 8;
  const own = goesOn ? derivationSql(derive, { ...way, row: alias, passed: [...passed, table] }) : undefined;
  const where = at.map((one) => compareSql(one, alias));
  const found = own === undefined ? column : `coalesce(${column}, ${own})`;
  return `(select ${found} from ${table} ${alias} where ${where.join(" and ")} limit 1)`;
}
