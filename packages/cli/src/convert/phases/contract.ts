import type { Plan } from "../plan.ts";
import { ownedTables, ownerColumns, takersOf } from "./derivation-sql.ts";
import { getsTwin } from "./constrain.ts";
import { isDeferrable, replaceDeferrableKey } from "./deferrable-keys.ts";
import { planShutDoor } from "./isolation.ts";
import { name, ours } from "./names.ts";
import { getTable, type Schema, type SchemaTable } from "./schema.ts";
import { alone, together, type Step } from "./step.ts";
import { takesGuests } from "./triggers.ts";
import { planDepartures, planUserKeys, type Departures } from "./user-keys.ts";

/** The old application is gone: what was there for it alone goes. None of this can be undone. */
export function planContract(plan: Plan, schema: Schema): Step[] {
  const departures = planDepartures(plan, schema);
  return [
    ...planShutDoor(plan, schema),
    // Before the old keys, on which they may rest.
    ...oldReferences(plan),
    ...oldKeys(plan, schema),
    ...oldOwners(plan, schema, departures),
    ...triggers(plan),
    // The triggers would take a row whose user goes for one that the old application gave away.
    ...planUserKeys(schema, departures),
  ];
}

/** A foreign key whose twin has the organization in it says nothing more. Where a row may be in no organization the twin is silent, so it stays. */
function oldReferences(plan: Plan): Step[] {
  return ownedTables(plan)
    .filter(takesGuests)
    .flatMap(({ table, references }) =>
      references.flatMap((reference): Step[] => {
        const { constraint, parent } = reference;
        if (constraint === null || !getsTwin(plan, reference)) return [];
        const step = gone(table, [`alter table ${table} drop constraint if exists ${name(constraint)}`], "reference");
        return [{ ...step, id: `${step.id}:${constraint}`, on: [table, parent] }];
      }),
    );
}

function oldKeys(plan: Plan, schema: Schema): Step[] {
  return ownedTables(plan).flatMap((planned) => {
    const { table, uniques } = planned;
    const facts = getTable(schema, table);
    return uniques
      .filter(({ widen }) => widen)
      .flatMap((unique): Step[] => {
        const old = facts.indexes.find((index) => index.name === unique.index && !index.primary);
        if (old === undefined) return [];
        if (isDeferrable(old)) {
          const statements = replaceDeferrableKey(plan, { schema, facts, table: planned, unique, old });
          return [{ ...gone(table, statements), id: `contract:key:${table}:${old.name}`, estimate: scanned(facts) }];
        }
        const index = `${name(facts.schema)}.${name(old.name)}`;
        const isPartitioned = facts.kind === "partitioned table";
        const statement =
          old.constraint === null
            ? `drop index ${isPartitioned ? "" : "concurrently "}if exists ${index}`
            : `alter table ${table} drop constraint if exists ${name(old.constraint)}`;
        return [
          {
            id: `contract:key:${table}:${old.name}`,
            phase: "contract",
            do: [old.constraint === null && !isPartitioned ? alone(statement) : together(statement)],
            undo: [],
            lock: "AccessExclusiveLock",
            on: [table],
            estimate: "instant",
            irreversible: true,
          },
        ];
      });
  });
}

function scanned({ rows }: SchemaTable): string {
  return `one scan of ${rows.toLocaleString("en-US")} rows, and nobody reads or writes meanwhile: its key is deferrable`;
}

/** The columns stay, with what they say of old rows; new code, which the triggers fill them for no longer, may leave them out. */
function oldOwners(plan: Plan, schema: Schema, departures: Departures): Step[] {
  return ownedTables(plan).flatMap((table) => {
    const { columns, key } = getTable(schema, table.table);
    const leaving = (departures.get(table.table) ?? []).filter(({ rule }) => rule === "set null");
    const free = new Set([...ownerColumns(table), ...leaving.flatMap((each) => each.key.columns)]);
    const needed = columns.filter((column) => column.notNull && free.has(column.name) && !key.includes(column.name));
    const statements = needed.map(
      (column) => `alter table ${table.table} alter column ${name(column.name)} drop not null`,
    );
    return statements.length === 0 ? [] : [gone(table.table, statements, "owner")];
  });
}

function triggers(plan: Plan): Step[] {
  const { users, teams } = plan;
  const outer = [
    { table: users.table, trigger: "A_rowhouse_sign_up" },
    ...(teams === null ? [] : [{ table: teams.table, trigger: "A_rowhouse_team" }]),
    ...(teams?.members ? [{ table: teams.members.table, trigger: "A_rowhouse_member" }] : []),
  ];
  const steps = ownedTables(plan).map(({ table }): Step => {
    const spreads = takersOf(plan, table).length > 0;
    return gone(table, [
      `drop trigger if exists "zz_rowhouse_sync" on ${table}`,
      `drop function if exists ${ours("sync", table)}()`,
      ...(spreads
        ? [
            `drop trigger if exists "A_rowhouse_spread" on ${table}`,
            `drop function if exists ${ours("spread", table)}()`,
          ]
        : []),
    ]);
  });
  return [
    ...steps,
    ...outer.map(({ table, trigger }) => gone(table, [`drop trigger if exists "${trigger}" on ${table}`], trigger)),
  ];
}

function gone(table: string, statements: readonly string[], which = "sync"): Step {
  return {
    id: `contract:${which}:${table}`,
    phase: "contract",
    do: [together(...statements)],
    undo: [],
    lock: "AccessExclusiveLock",
    on: [table],
    estimate: "instant",
    irreversible: true,
  };
}
