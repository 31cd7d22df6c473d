import type { Derivation, Plan } from "../plan.ts";
import { ownedTables, takersOf } from "./derivation-sql.ts";
import { isDeferrable, replaceDeferrableKey } from "./deferrable-keys.ts";
import { planShutDoor } from "./isolation.ts";
import { name, ours } from "./names.ts";
import { getTable, type Schema, type SchemaTable } from "./schema.ts";
import { alone, together, type Step } from "./step.ts";

/** The old application is gone: what was there for it alone goes. None of this can be undone. */
export function planContract(plan: Plan, schema: Schema): Step[] {
  return [...planShutDoor(plan, schema), ...oldKeys(plan, schema), ...oldOwners(plan, schema), ...triggers(plan)];
}

function oldKeys(plan: Plan, schema: Schema): Step[] {
  return ownedTables(plan).flatMap((planned) => {
    const { table, uniques, derive } = planned;
    const facts = getTable(schema, table);
    const owners = new Set(derive === null ? [] : ownerColumns(derive));
    return uniques
      .filter(({ widen }) => widen)
      .flatMap((unique): Step[] => {
        const old = facts.indexes.find((index) => index.name === unique.index && !index.primary);
        if (old === undefined) return [];
        if (isDeferrable(old)) {
          const statements = replaceDeferrableKey(plan, { schema, facts, table: planned, unique, old, owners });
          return [{ ...gone(table, statements), id: `contract:key:${table}:${old.name}`, estimate: scanned(facts) }];
        }
        const index = `${name(facts.schema)}.${name(old.name)}`;
        const isPartitioned = facts.kind === "p";
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
function oldOwners(plan: Plan, schema: Schema): Step[] {
  return ownedTables(plan).flatMap(({ table, derive }) => {
    const { columns, indexes } = getTable(schema, table);
    const key = indexes.find(({ primary }) => primary)?.columns ?? [];
    const owners = new Set(derive === null ? [] : ownerColumns(derive));
    const needed = columns.filter((column) => column.notNull && owners.has(column.name) && !key.includes(column.name));
    const statements = needed.map((column) => `alter table ${table} alter column ${name(column.name)} drop not null`);
    return statements.length === 0 ? [] : [gone(table, statements, "owner")];
  });
}

function ownerColumns(derive: Derivation): string[] {
  if (derive.by === "coalesce") return derive.of.flatMap(ownerColumns);
  return derive.by === "user" || derive.by === "team" ? [derive.column] : [];
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
