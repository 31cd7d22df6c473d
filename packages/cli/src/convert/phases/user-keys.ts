import type { ForeignKey } from "../catalog/catalog.ts";
import type { Plan, PlannedTable } from "../plan.ts";
import { keySteps } from "./constrain.ts";
import { ownedTables, ownerColumns } from "./derivation-sql.ts";
import { list, name, newName } from "./names.ts";
import { getTable, type Schema } from "./schema.ts";
import { together, type Step } from "./step.ts";

/** A foreign key by which a user who is deleted takes along rows of an organization, and what it becomes. */
export interface DepartureKey {
  readonly key: ForeignKey;
  /** `no action` where the primary key holds the user: then the user can go once the rows are somebody else's. */
  readonly rule: "set null" | "no action";
}

/** By the table, as SQL writes it. */
export type Departures = ReadonlyMap<string, readonly DepartureKey[]>;

/**
 * While a user was the owner, all went with the user. From now on the rows are the organization's, and the user is one of its members. What says
 * something of this very user stays as it was: a vote or a seat, which a key of their own holds once for each user.
 */
export function planDepartures(plan: Plan, schema: Schema): Departures {
  const personal = personalTables(plan, schema);
  return new Map(ownedTables(plan).map((table) => [table.table, departuresOf(table, { schema, personal })]));
}

function departuresOf(
  table: PlannedTable,
  { schema, personal }: { schema: Schema; personal: ReadonlySet<string> },
): DepartureKey[] {
  const { columns: all, foreignKeys, indexes, key: primary } = getTable(schema, table.table);
  const fixed = new Set([...primary, ...all.filter(({ generated }) => generated).map((column) => column.name)]);
  const owners = ownerColumns(table);
  const widened = new Set(table.uniques.filter(({ widen }) => widen).map(({ index }) => index));
  const lasting = indexes.filter((index) => index.unique && !widened.has(index.name)).flatMap(({ columns }) => columns);
  return foreignKeys
    .filter(({ parent, onDelete }) => onDelete === "c" && personal.has(parent))
    .filter(
      ({ columns }) => columns.some((one) => owners.includes(one)) || !columns.some((one) => lasting.includes(one)),
    )
    .map((key) => ({ key, rule: key.columns.some((one) => fixed.has(one)) ? "no action" : "set null" }));
}

/** The new key stands and is proved before the old one goes, so that none points to nobody in between. It takes its name. */
export function planUserKeys(schema: Schema, departures: Departures): Step[] {
  return [...departures].flatMap(([table, keys]) => {
    const facts = getTable(schema, table);
    return keys.flatMap(({ key, rule }) => {
      const title = newName(schema, facts, `${key.columns.join("_")}_departure_fkey`);
      const definition = `foreign key (${list(key.columns)}) references ${key.parent} (${list(key.parentColumns)})
        on delete ${rule} on update ${updates[key.onUpdate] ?? "no action"} ${key.deferral}`;
      const old = name(key.name);
      const swap: Step = {
        id: `contract:user-key:swap:${table}:${key.name}`,
        phase: "contract",
        do: [
          together(
            `alter table ${table} drop constraint if exists ${old}`,
            `alter table ${table} rename constraint ${name(title)} to ${old}`,
          ),
        ],
        undo: [],
        lock: "AccessExclusiveLock",
        on: [table, key.parent],
        estimate: "instant: rows of an organization no longer go with a user who is deleted",
        irreversible: true,
      };
      // What the old key was never asked to prove stays unproved.
      const isUnproved = !key.validated;
      return [...keySteps(schema, { facts, title, definition, parent: key.parent, isFinal: true, isUnproved }), swap];
    });
  });
}

const updates: Readonly<Record<string, string>> = { c: "cascade", n: "set null", d: "set default", r: "restrict" };

/** The users, and what is a user's own and goes with the user: rows that hang on it would go as well. */
function personalTables(plan: Plan, schema: Schema): ReadonlySet<string> {
  const owned = new Set(ownedTables(plan).map(({ table }) => table));
  const personal = new Set([plan.users.table]);
  for (const table of personal)
    for (const one of schema.tables)
      // A part of a partitioned table is whose the whole is.
      if (
        !one.isPartition &&
        !owned.has(one.sql) &&
        one.foreignKeys.some(({ parent, onDelete }) => parent === table && onDelete === "c")
      )
        personal.add(one.sql);
  return personal;
}
