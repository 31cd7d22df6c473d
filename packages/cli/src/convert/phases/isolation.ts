import {
  canonicalCondition,
  conversionFloors,
  createPolicy,
  defaultRoleNames,
  floorPolicy,
  ourPolicies,
  planPolicies,
  type TableFacts,
  type TableKind,
} from "rowhouse/migrations";
import type { Plan, PlannedTable } from "../plan.ts";
import { ownedTables } from "./derivation-sql.ts";
import { holdReferences } from "./hold-references.ts";
import { name } from "./names.ts";
import { getTable, type Schema, type SchemaTable } from "./schema.ts";
import { together, type Change, type Step } from "./step.ts";

const soft = "rowhouse_soft";
const old = "old_application_until_contract";
const setting = "nullif(current_setting('rowhouse.organization_id', true), '')";
const noContext = `${setting} is null`;
/** What a statement that does not name the organization means once the sync triggers are gone. */
const context = `${setting}::uuid`;

/** Whoever names an organization sees it alone; whoever names none, as the old application, sees all. */
export function planSoftIsolation(plan: Plan, schema: Schema): Step[] {
  return ownedTables(plan).map((table): Step => {
    const facts = getTable(schema, table.table);
    return {
      id: `soft:${table.table}`,
      phase: "soft-isolation",
      // The policy alone does nothing and the switch alone hides every row.
      do: [together(softPolicy(plan, table), `alter table ${table.table} enable row level security`)],
      undo: [
        together(
          `drop policy if exists ${soft} on ${table.table}`,
          `alter table ${table.table} disable row level security`,
        ),
      ],
      policiesOf: [rawName(facts)],
      lock: "AccessExclusiveLock",
      on: [table.table],
      estimate: "instant",
    };
  });
}

/** The canonical policies, with a door for the role of the old application that is shut as soon as an organization is named. */
export function planHardIsolation(plan: Plan, schema: Schema): Step[] {
  const steps = ownedTables(plan).map((table): Step => {
    const facts = getTable(schema, table.table);
    const role = oldRole(plan, { schema, facts });
    const planned = canonical(plan, table, facts);
    const now = role === undefined ? planned : planned.filter((sql) => !isFloor(sql));
    return {
      id: `hard:${table.table}`,
      phase: "hard-isolation",
      do: [
        together(
          ...(role === undefined ? [] : [...keepRights(facts, role), ...oldPolicies(plan, { table, facts, role })]),
          `drop policy if exists ${soft} on ${table.table}`,
          ...now,
          `alter table ${table.table} alter column ${name(plan.column)} set default ${context}`,
          ...facts.sequences.map((sequence) => `grant usage on sequence ${sequence} to ${runtime}`),
        ),
      ],
      undo: [undoHard(plan, table, facts)],
      policiesOf: [rawName(facts)],
      lock: "AccessExclusiveLock",
      on: [table.table],
      estimate: "instant",
    };
  });
  return [...steps, ...holdReferences(plan, schema)];
}

/** The door is shut: what stands afterwards is canonical to the letter. */
export function planShutDoor(plan: Plan, schema: Schema): Step[] {
  return ownedTables(plan).flatMap((table): Step[] => {
    const facts = getTable(schema, table.table);
    if (oldRole(plan, { schema, facts }) === undefined) return [];
    return [
      {
        id: `contract:policies:${table.table}`,
        phase: "contract",
        do: [
          together(
            ...canonical(plan, table, facts).filter(isFloor),
            `drop policy if exists ${old} on ${table.table}`,
            ...conversionFloors(kindOf(table), plan.column).map(
              (floor) => `drop policy if exists ${floor.name} on ${table.table}`,
            ),
          ),
        ],
        undo: [],
        policiesOf: [rawName(facts)],
        lock: "AccessExclusiveLock",
        on: [table.table],
        estimate: "instant",
        irreversible: true,
      },
    ];
  });
}

const runtime = name(defaultRoleNames.runtime);

/** Undefined where no row security binds it, so that it needs no door. */
export function oldRole(plan: Plan, { schema, facts }: { schema: Schema; facts: SchemaTable }): string | undefined {
  const role = plan.applicationRole ?? facts.owner;
  return schema.unboundRoles.includes(role) ? undefined : role;
}

function rawName({ schema, name: table }: SchemaTable): string {
  return `${schema}.${table}`;
}

function softPolicy(plan: Plan, { table, class: kind }: PlannedTable): string {
  const own = `${noContext} or ${canonicalCondition(plan.column)}`;
  const seen = kind === "mixed" ? `${own} or ${name(plan.column)} is null` : own;
  return `create policy ${soft} on ${table} for all to public using (${seen}) with check (${own})`;
}

function kindOf({ class: kind }: PlannedTable): TableKind {
  return kind === "mixed" ? "mixed" : "tenant";
}

function canonical(plan: Plan, { class: kind }: PlannedTable, facts: SchemaTable): string[] {
  const bare: TableFacts = {
    name: rawName(facts),
    exists: true,
    isTable: true,
    enabled: false,
    forced: false,
    columnType: "uuid",
    columnNotNull: true,
    policies: [],
    looseKeys: [],
  };
  const planned = planPolicies({
    tenant: kind === "mixed" ? [] : [bare],
    mixed: kind === "mixed" ? [bare] : [],
    global: [],
    roles: defaultRoleNames,
    column: plan.column,
  });
  return planned.map(({ sql }) => sql);
}

function isFloor(sql: string): boolean {
  return sql.startsWith(`create policy "${floorPolicy}`);
}

interface OldDoor {
  readonly table: PlannedTable;
  readonly facts: SchemaTable;
  readonly role: string;
}

function oldPolicies(plan: Plan, { table, facts, role }: OldDoor): string[] {
  return [
    `create policy ${old} on ${table.table} for all to ${name(role)} using (${noContext}) with check (${noContext})`,
    ...conversionFloors(kindOf(table), plan.column, role).map((floor) => createPolicy(rawName(facts), floor)),
  ];
}

/** What the old application may do because everybody may, it may still do when not everybody may any more. */
function keepRights({ sql: table, publicRights }: SchemaTable, role: string): string[] {
  return publicRights.length === 0 ? [] : [`grant ${publicRights.join(", ")} on ${table} to ${name(role)}`];
}

function undoHard(plan: Plan, table: PlannedTable, facts: SchemaTable): Change {
  return together(
    ...[...ourPolicies, old].map((policy) => `drop policy if exists ${policy} on ${table.table}`),
    softPolicy(plan, table),
    `alter table ${table.table} alter column ${name(plan.column)} drop default`,
    `alter table ${table.table} no force row level security`,
    `revoke all on ${table.table} from ${runtime}, ${name(defaultRoleNames.operator)}`,
    ...facts.sequences.map((sequence) => `revoke all on sequence ${sequence} from ${runtime}`),
    ...(facts.publicRights.length === 0 ? [] : [`grant ${facts.publicRights.join(", ")} on ${table.table} to public`]),
  );
}
