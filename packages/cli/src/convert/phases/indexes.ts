import type { Index } from "../catalog/catalog.ts";
import type { Plan, PlannedTable, PlannedUnique } from "../plan.ts";
import { ownedTables, ownerColumns } from "./derivation-sql.ts";
import { name, newName } from "./names.ts";
import { getTable, partsOf, type Schema } from "./schema.ts";
import { alone, together, type Step } from "./step.ts";

interface Wanted {
  /** What its name says. */
  readonly purpose: string;
  readonly unique: boolean;
  /** As SQL writes them. */
  readonly keys: readonly string[];
  readonly rest: string;
}

/** Unique keys that foreign keys will point to, widened keys beside those they will replace, and one that leads with the organization. */
export function planIndexes(plan: Plan, schema: Schema): Step[] {
  return ownedTables(plan).flatMap((table) =>
    wantedIndexes(plan, { schema, table }).flatMap((wanted) => indexSteps(schema, { table: table.table, wanted })),
  );
}

function wantedIndexes(plan: Plan, { schema, table }: { schema: Schema; table: PlannedTable }): Wanted[] {
  const org = name(plan.column);
  const facts = getTable(schema, table.table);
  const referred = new Map(
    ownedTables(plan)
      .flatMap(({ references }) => references)
      .filter((reference) => reference.composite && reference.parent === table.table)
      .map(({ parentColumns }) => [parentColumns.join(), parentColumns]),
  );
  const targets = [...referred.values()].map((columns): Wanted => ({
    purpose: `organization_${columns.join("_")}_key`,
    unique: true,
    keys: [org, ...columns.map((column) => name(column))],
    rest: "",
  }));
  const widened = table.uniques
    .filter(({ widen }) => widen)
    .flatMap((unique) => {
      const old = facts.indexes.find((index) => index.name === unique.index);
      return old === undefined ? [] : [widenIndex(plan, { table, unique, old })];
    });
  const all = distinct([...targets, ...widened]);
  const leads = all.some(({ rest }) => !rest.includes(" where "));
  const key = table.key.map((column) => name(column));
  const led: Wanted = { purpose: "organization_idx", unique: false, keys: [org, ...key], rest: "" };
  return leads ? all : [...all, led];
}

/** Keys that come to the same without their owner are made once; those that differ only in what follows get names of their own. */
function distinct(all: readonly Wanted[]): Wanted[] {
  const made = new Map(all.map((wanted) => [`${wanted.keys.map(plain).join()}${wanted.rest}`, wanted]));
  const named = new Map<string, number>();
  return [...made.values()].map((wanted) => {
    const count = (named.get(wanted.purpose) ?? 0) + 1;
    named.set(wanted.purpose, count);
    return count === 1 ? wanted : { ...wanted, purpose: `${wanted.purpose}_${count}` };
  });
}

/** Postgres writes quotes only where a name needs them. */
function plain(key: string): string {
  return key.replace(/^"([a-z_][a-z0-9_$]*)"$/, "$1");
}

/** The columns that say whose it is give way to the organization. */
export function widenIndex(
  plan: Plan,
  { table, unique, old }: { table: PlannedTable; unique: PlannedUnique; old: Index },
): Wanted {
  const owners = ownerColumns(table);
  const keys = old.keys.filter((key) => !owners.some((column) => key === column || key === name(column)));
  const purpose = `organization_${unique.columns.filter((column) => !owners.includes(column)).join("_") || "only"}_key`;
  return { purpose, unique: true, keys: [name(plan.column), ...keys], rest: restOf(old) };
}

function restOf({ nullsNotDistinct, predicate }: Index): string {
  return `${nullsNotDistinct ? " nulls not distinct" : ""}${predicate === null ? "" : ` where ${predicate}`}`;
}

interface Placed {
  readonly table: string;
  readonly wanted: Wanted;
}

/** Of a partitioned table each part has its own, made one after the other, and the whole is their sum. */
function indexSteps(schema: Schema, { table, wanted }: Placed): Step[] {
  const facts = getTable(schema, table);
  const title = newName(schema, facts, wanted.purpose);
  const index = `${name(facts.schema)}.${name(title)}`;
  const parts = partsOf(schema, table);
  const kind = `create ${wanted.unique ? "unique " : ""}index`;
  const keys = `(${wanted.keys.join(", ")})${wanted.rest}`;
  const base = { phase: "index" as const, on: [table] };
  if (facts.kind !== "partitioned table")
    return [
      {
        ...base,
        id: `index:${table}:${title}`,
        do: [alone(`${kind} concurrently ${name(title)} on ${table} ${keys}`)],
        undo: [alone(`drop index concurrently if exists ${index}`)],
        index,
        lock: "ShareUpdateExclusiveLock",
        estimate: `two scans of ${facts.rows.toLocaleString("en-US")} rows`,
      },
    ];
  const whole: Step = {
    ...base,
    id: `index:${table}:${title}`,
    do: [together(`${kind} ${name(title)} on only ${table} ${keys}`)],
    undo: [together(`drop index if exists ${index}`)],
    lock: "ShareLock",
    estimate: "instant: the parts follow",
  };
  const ofParts = parts.flatMap((part) => {
    const steps = indexSteps(schema, { table: part.sql, wanted });
    const own = `${name(part.schema)}.${name(newName(schema, part, wanted.purpose))}`;
    const attach: Step = {
      ...base,
      id: `index:attach:${part.sql}:${title}`,
      do: [together(`alter index ${index} attach partition ${own}`)],
      // The whole holds its parts: it goes first, and takes them with it.
      undo: [together(`drop index if exists ${index}`)],
      lock: "AccessShareLock",
      estimate: "instant",
    };
    return [...steps, attach];
  });
  return [whole, ...ofParts];
}
