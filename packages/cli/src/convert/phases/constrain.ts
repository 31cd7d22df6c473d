import type { ForeignKey } from "../catalog/catalog.ts";
import type { Plan, PlannedReference, PlannedTable } from "../plan.ts";
import { derivationSql, ownedTables, sourceColumns } from "./derivation-sql.ts";
import { fillSql, keyOf } from "./backfill.ts";
import { list, name, newName } from "./names.ts";
import { getTable, leavesOf, type Schema, type SchemaTable } from "./schema.ts";
import { together, type BatchJob, type Change, type Step } from "./step.ts";
import { takesGuests } from "./triggers.ts";

/** Each rule first for new rows alone, without a scan, then proved for those that are there, under a lock that lets everybody work. */
export function planConstrain(plan: Plan, schema: Schema): Step[] {
  const owned = ownedTables(plan);
  return [
    ...owned.flatMap((table) => repairSteps(plan, { schema, table })),
    ...owned.filter(takesGuests).flatMap((table) => notNullSteps(plan, { schema, table })),
    ...owned.flatMap((table) => organizationKey(plan, { schema, table })),
    ...owned.flatMap((table) => compositeKeys(plan, { schema, table })),
  ];
}

interface Target {
  readonly schema: Schema;
  readonly table: PlannedTable;
}

/** A child that was written while its parent moved: both saw the other as it was before. */
function repairSteps(plan: Plan, { schema, table }: Target): Step[] {
  const { derive } = table;
  if (derive === null || derive.by === "user" || derive.by === "team") return [];
  const org = name(plan.column);
  const derived = (row: string): string =>
    derivationSql(derive, { plan, types: schema, row, deep: false, make: false });
  const jobs = leavesOf(schema, table.table).map((leaf): BatchJob => {
    return {
      table: leaf.sql,
      key: keyOf(leaf),
      columns: sourceColumns(derive),
      where: `t.${org} is distinct from ${derived("t")}`,
      change: fillSql(leaf, { org, derived: derived("b"), open: `t.${org} is distinct from b.derived` }),
    };
  });
  return [
    {
      id: `constrain:repair:${table.table}`,
      phase: "constrain",
      do: [],
      batches: { jobs, repeat: false },
      undo: [],
      lock: null,
      on: [table.table],
      estimate: "one look at each row",
    },
  ];
}

function notNullSteps(plan: Plan, { schema, table: { table } }: Target): Step[] {
  const facts = getTable(schema, table);
  const check = name(newName(schema, facts, "organization_not_null"));
  const column = name(plan.column);
  const base = { phase: "constrain" as const, on: [table] };
  return [
    {
      ...base,
      id: `constrain:not-null:${table}`,
      do: [together(`alter table ${table} add constraint ${check} check (${column} is not null) not valid`)],
      undo: [together(`alter table ${table} drop constraint if exists ${check}`)],
      lock: "AccessExclusiveLock",
      estimate: "instant",
    },
    {
      ...base,
      id: `constrain:not-null:validate:${table}`,
      do: [together(`alter table ${table} validate constraint ${check}`)],
      undo: [],
      lock: "ShareUpdateExclusiveLock",
      estimate: `one scan of ${facts.rows.toLocaleString("en-US")} rows`,
    },
    {
      ...base,
      id: `constrain:not-null:set:${table}`,
      do: [
        together(
          `alter table ${table} alter column ${column} set not null`,
          `alter table ${table} drop constraint if exists ${check}`,
        ),
      ],
      undo: [together(`alter table ${table} alter column ${column} drop not null`)],
      lock: "AccessExclusiveLock",
      estimate: "instant, the check is the proof",
    },
  ];
}

function organizationKey(plan: Plan, { schema, table: { table } }: Target): Step[] {
  const facts = getTable(schema, table);
  return keySteps(schema, {
    facts,
    title: newName(schema, facts, "organization_fkey"),
    definition: `foreign key (${name(plan.column)}) references rowhouse.organizations (id) on delete cascade`,
    parent: "rowhouse.organizations",
  });
}

/** Rows whose parent may be everybody's have no such key: it would ask for a parent of their own organization. */
function compositeKeys(plan: Plan, { schema, table }: Target): Step[] {
  const facts = getTable(schema, table.table);
  const org = name(plan.column);
  return table.references
    .filter((reference) => getsTwin(plan, reference))
    .flatMap((reference) => {
      const old = facts.foreignKeys.find((key) => key.name === reference.constraint);
      const columns = list(reference.columns);
      return keySteps(schema, {
        facts,
        title: newName(schema, facts, `organization_${reference.columns.join("_")}_fkey`),
        definition:
          `foreign key (${org}, ${columns}) references ${reference.parent} (${org}, ${list(reference.parentColumns)})` +
          ` on update cascade${onDelete(old, reference)} ${old?.deferral ?? ""}`,
        parent: reference.parent,
      });
    });
}

/** The plan wants a key beside it that begins with the organization, and its parent can have one. */
export function getsTwin({ tables }: Plan, { composite, parent }: PlannedReference): boolean {
  return composite && tables.some((one) => one.table === parent && one.class === "tenant");
}

/** The old key's rule; of the new key only the old columns may become NULL. */
function onDelete(old: ForeignKey | undefined, { columns }: PlannedReference): string {
  if (old?.onDelete === "c") return " on delete cascade";
  return old?.onDelete === "n" ? ` on delete set null (${list(columns)})` : "";
}

export interface NewKey {
  readonly facts: SchemaTable;
  readonly title: string;
  readonly definition: string;
  readonly parent: string;
  /** It is made when there is no way back any more. */
  readonly isFinal?: boolean;
  /** Of rows that are there it is never proved. */
  readonly isUnproved?: boolean;
}

/** Of a partitioned table Postgres takes no key on trust, so each part has it first, and the whole finds it there. */
export function keySteps(schema: Schema, key: NewKey): Step[] {
  const { facts, title, definition, parent, isFinal = false, isUnproved = false } = key;
  const constraint = name(title);
  const leaves = leavesOf(schema, facts.sql);
  const prefix = isFinal ? "contract:user-key" : "constrain";
  const base = isFinal ? { phase: "contract" as const, irreversible: true } : { phase: "constrain" as const };
  // A partition may have gone since.
  const drop = (table: string): Change[] =>
    isFinal ? [] : [together(`alter table if exists ${table} drop constraint if exists ${constraint}`)];
  const made = (table: string, trust: string): Step => ({
    ...base,
    id: `${prefix}:${table}:${title}`,
    do: [together(`alter table ${table} add constraint ${constraint} ${definition}${trust}`)],
    // Once the whole has it, the parts' are gone with it.
    undo: drop(table),
    lock: "ShareRowExclusiveLock",
    on: [table, parent],
    estimate: trust === "" ? "instant: the parts have it" : "instant",
  });
  const proved = ({ sql, rows }: SchemaTable): Step => ({
    ...base,
    id: `${prefix}:validate:${sql}:${title}`,
    do: [together(`alter table ${sql} validate constraint ${constraint}`)],
    undo: [],
    lock: "ShareUpdateExclusiveLock",
    on: [sql],
    estimate: `one scan of ${rows.toLocaleString("en-US")} rows`,
  });
  const steps = leaves.flatMap((leaf) => [made(leaf.sql, " not valid"), ...(isUnproved ? [] : [proved(leaf)])]);
  return facts.kind === "partitioned table" ? [...steps, made(facts.sql, "")] : steps;
}
