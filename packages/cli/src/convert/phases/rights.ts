import { defaultRoleNames, planDatabaseRights } from "rowhouse/migrations";
import type { Plan } from "../plan.ts";
import { ownedTables } from "./derivation-sql.ts";
import { oldRole } from "./isolation.ts";
import { name } from "./names.ts";
import { getTable, type Schema, type SchemaTable } from "./schema.ts";
import { together, type Step } from "./step.ts";

/** What the new application's roles need, and what nobody should have; the old application's role keeps what it had. */
export function planRights(plan: Plan, schema: Schema): Step[] {
  const database = name(schema.database);
  const keep = oldRoles(plan, schema).flatMap((role) => [
    ...(schema.publicMayMakeTemporary ? [`grant temporary on database ${database} to ${name(role)}`] : []),
    ...(schema.publicMayCreate ? [`grant create on schema public to ${name(role)}`] : []),
  ]);
  const schemas = [...new Set(schema.tables.map((table) => table.schema))].map((one) => name(one)).join(", ");
  const { runtime, identity, operator } = defaultRoleNames;
  const give = plan.tables
    .filter(({ internal }) => !internal)
    .flatMap(({ table, class: kind }) => grants(getTable(schema, table), kind));
  return [
    {
      id: "hard:rights",
      phase: "hard-isolation",
      do: [
        together(
          ...keep,
          ...planDatabaseRights(schema.database, defaultRoleNames),
          `grant usage on schema ${schemas} to ${runtime}, ${identity}, ${operator}`,
          ...give,
        ),
      ],
      undo: [
        together(
          ...(schema.publicMayCreate ? ["grant create on schema public to public"] : []),
          `revoke all on schema public from ${defaultRoleNames.owner}`,
          ...(schema.publicMayMakeTemporary ? [`grant temporary on database ${database} to public`] : []),
          ...oldRoles(plan, schema).map((role) => `revoke temporary on database ${database} from ${name(role)}`),
          `revoke usage on schema ${schemas} from ${runtime}, ${identity}, ${operator}`,
          ...plan.tables.map(({ table }) => `revoke all on ${table} from ${runtime}, ${identity}, ${operator}`),
        ),
      ],
      lock: null,
      on: [],
      estimate: "instant",
    },
    {
      id: "hard:canary",
      phase: "hard-isolation",
      act: "canary",
      do: [],
      undo: [],
      lock: null,
      on: [],
      estimate: "instant",
    },
  ];
}

function grants({ sql: table, sequences }: SchemaTable, kind: string): string[] {
  const { runtime, identity, operator } = defaultRoleNames;
  if (kind === "global") return [`grant select on ${table} to ${runtime}, ${operator}`];
  if (kind !== "identity") return [];
  return [
    `grant select, insert, update, delete on ${table} to ${identity}`,
    ...sequences.map((sequence) => `grant usage on sequence ${sequence} to ${identity}`),
  ];
}

function oldRoles(plan: Plan, schema: Schema): string[] {
  const roles = ownedTables(plan).flatMap(
    ({ table }) => oldRole(plan, { schema, facts: getTable(schema, table) }) ?? [],
  );
  return [...new Set(roles)];
}
