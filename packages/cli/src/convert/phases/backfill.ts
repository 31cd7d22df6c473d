import type { Plan, PlannedTable } from "../plan.ts";
import { derivationSql, sourceColumns } from "./derivation-sql.ts";
import { guestOrganization } from "./guest-organization.ts";
import { list, name, text } from "./names.ts";
import { goesInCircle, orderTables } from "./order-tables.ts";
import { getTable, leavesOf, type Schema, type SchemaTable } from "./schema.ts";
import { matchSql, together, type BatchJob, type Step } from "./step.ts";
import { syncSql, takesGuests } from "./triggers.ts";

/** Whoever gives comes before who takes; what nobody owns is dealt with when all of a group that could be filled is. */
export function planBackfill(plan: Plan, schema: Schema): Step[] {
  const groups = orderTables(plan);
  const filled = groups.flatMap((group) => planGroup(plan, { schema, group }));
  // Children before parents: what the application's own keys would take with a parent is kept first.
  const deleted = groups
    .toReversed()
    .flat()
    .filter(({ class: kind, unowned }) => kind === "tenant" && unowned === "delete")
    .map((table) => deleteStep(plan, { schema, table }));
  return [...filled, ...deleted, ...groups.flat().flatMap((table) => settle(plan, { schema, table }))];
}

function planGroup(plan: Plan, { schema, group }: { schema: Schema; group: readonly PlannedTable[] }): Step[] {
  const jobs = group.flatMap((table) => fillJobs(plan, { schema, table }));
  const first = group.map(({ table }) => table).join(" ");
  const rows = group.reduce((sum, table) => sum + table.rows, 0);
  const keyless = jobs.some(({ key }) => key.length === 0);
  return [
    {
      id: `backfill:${first}`,
      phase: "backfill",
      do: [],
      batches: { jobs, repeat: keyless || goesInCircle(group) },
      rows,
      undo: [],
      lock: null,
      on: group.map(({ table }) => table),
      estimate: `${rows.toLocaleString("en-US")} rows (about ${Math.ceil(rows / 40_000)} s unthrottled)`,
    },
  ];
}

/** From here on the trigger knows what to do with a row that nobody owns; what came before it did is done by one more pass. */
function settle(plan: Plan, at: { schema: Schema; table: PlannedTable }): Step[] {
  const { table } = at.table;
  if (!takesGuests(at.table)) return [];
  const guests = `update ${table} set ${name(plan.column)} = null where ${name(plan.column)} = ${text(guestOrganization)}`;
  return [
    {
      id: `backfill:guests:${table}`,
      phase: "backfill",
      do: [together(syncSql(plan, { ...at, isFilled: true }))],
      // Where nobody has said what becomes of them, the NOT NULL that follows says that there are some.
      batches: {
        jobs: [...fillJobs(plan, at), ...(at.table.unowned === null ? [] : guestJobs(plan, at))],
        repeat: false,
      },
      undo: [together(syncSql(plan, { ...at, isFilled: false }), guests)],
      lock: null,
      on: [table],
      estimate: "one look at what is left",
    },
  ];
}

interface Target {
  readonly schema: Schema;
  readonly table: PlannedTable;
}

export function fillJobs(plan: Plan, { schema, table: { derive, table } }: Target): BatchJob[] {
  if (derive === null) return [];
  const org = name(plan.column);
  const owner = (row: string, make: boolean): string =>
    derivationSql(derive, { plan, types: schema, row, deep: false, make });
  const columns = sourceColumns(derive);
  const where = `t.${org} is null`;
  return leavesOf(schema, table).flatMap((leaf) => {
    const base = { table: leaf.sql, key: keyOf(leaf), columns };
    const fill = { ...base, where, change: fillSql(leaf, { org, derived: owner("b", false), open: where }) };
    if (!plan.lazy) return [fill];
    // Apart, as the triggers of our own tables must run: while rows are filled all triggers are quiet.
    const made = `select from (select ${owner("b", true)} as made from batch b offset 0) b where made is not null`;
    return [{ ...base, where: `${where} and ${owner("t", false)} is null`, change: made, readsOnly: true }, fill];
  });
}

interface Fill {
  /** The column, as SQL writes it. */
  readonly org: string;
  /** Over a row `b` of the batch. */
  readonly derived: string;
  /** Which rows `t` still want it, when they are written. */
  readonly open: string;
}

/** Gives the rows of a batch their organization where one is found. Without `offset 0` it would be looked for twice. */
export function fillSql(leaf: SchemaTable, { org, derived, open }: Fill): string {
  return `update ${leaf.sql} t set ${org} = b.derived from (select b.*, ${derived} as derived from batch b offset 0) b
    where ${matchSql(keyOf(leaf))} and ${open} and b.derived is not null returning 1`;
}

export function guestJobs(plan: Plan, { schema, table }: Target): BatchJob[] {
  const org = name(plan.column);
  return leavesOf(schema, table.table).map((leaf) => {
    const key = keyOf(leaf);
    const change = `update ${leaf.sql} t set ${org} = ${text(guestOrganization)} from batch b
      where ${matchSql(key)} and t.${org} is null returning 1`;
    return { table: leaf.sql, key, columns: [], where: `t.${org} is null`, change };
  });
}

function deleteStep(plan: Plan, { schema, table }: Target): Step {
  const org = name(plan.column);
  const columns = list(
    getTable(schema, table.table)
      .columns.filter((column) => !column.generated)
      .map((column) => column.name),
  );
  const jobs = leavesOf(schema, table.table).map((leaf): BatchJob => {
    const key = keyOf(leaf);
    return {
      table: leaf.sql,
      key,
      columns: [],
      where: `t.${org} is null`,
      change: `delete from ${leaf.sql} t using batch b where ${matchSql(key)} and t.${org} is null
        returning (select rowhouse_convert.keep(${text(table.table)}, ${rowText(leaf)}))`,
      withTriggers: true,
    };
  });
  const rest = `insert into ${table.table} (${columns}) overriding system value
    select ${restored(getTable(schema, table.table))} from rowhouse_convert.deleted_rows d
    where d.table_name = ${text(table.table)} order by d.id desc`;
  return {
    id: `backfill:delete:${table.table}`,
    phase: "backfill",
    do: [],
    batches: { jobs, repeat: false },
    undo: [together(rest, `delete from rowhouse_convert.deleted_rows where table_name = ${text(table.table)}`)],
    lock: null,
    on: [table.table],
    estimate: "what nobody owns, kept in rowhouse_convert.deleted_rows",
  };
}

/** Each column as text, which reads back exactly. */
function rowText(table: SchemaTable): string {
  const columns = table.columns.filter((column) => !column.generated).map((column) => column.name);
  return `json_object(array[${columns.map(text).join(", ")}], array[${columns.map((column) => `t.${name(column)}::text`).join(", ")}])`;
}

function restored(table: SchemaTable): string {
  return table.columns
    .filter((column) => !column.generated)
    .map((column) => `(d.old ->> ${text(column.name)})::${column.type}`)
    .join(", ");
}

export function keyOf(table: SchemaTable): BatchJob["key"] {
  return table.key.map((column) => ({
    name: column,
    type: table.columns.find((one) => one.name === column)?.type ?? "text",
  }));
}
