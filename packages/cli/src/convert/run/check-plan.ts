import { RowhouseError } from "rowhouse";
import type { Plan, PlannedTable } from "../plan.ts";
import { openQuestions } from "../plan-file/apply-answers.ts";
import { endOf, ownedTables, sourceColumns, sourceTables } from "../phases/derivation-sql.ts";
import { leavesOf, type Schema, type SchemaTable } from "../phases/schema.ts";

/** @throws RowhouseError CONVERSION_REFUSED with all that is in the way, a line each, and what to do about it */
export function assertRunnable(plan: Plan, schema: Schema): void {
  const problems = [
    ...openQuestions(plan).map(({ id, question }) => `The question ${id} is open: ${question}`),
    ...plan.tables
      .filter(({ class: kind }) => kind === "ask")
      .map(({ table }) => `${table} has no class yet: set one.`),
    ...ownedTables(plan).flatMap((table) => tableProblems(plan, { schema, table })),
    ...neededTables(plan).flatMap((table) =>
      schema.tables.some(({ sql }) => sql === table) ? [] : [`${table} is in the plan and not in the database.`],
    ),
  ];
  if (problems.length === 0) return;
  throw new RowhouseError(
    "CONVERSION_REFUSED",
    `The plan cannot run:\n${problems.map((one) => `- ${one}`).join("\n")}`,
  );
}

/** Every table that the plan speaks of. */
export function neededTables({ users, teams, tables }: Plan): string[] {
  const outer = [
    users.table,
    ...(teams === null ? [] : [teams.table]),
    ...(teams?.members ? [teams.members.table] : []),
  ];
  return [...new Set([...outer, ...tables.map(({ table }) => table)])];
}

function tableProblems(plan: Plan, { schema, table }: { schema: Schema; table: PlannedTable }): string[] {
  const facts = schema.tables.find(({ sql }) => sql === table.table);
  if (facts === undefined) return [];
  const { derive } = table;
  if (derive === null) return [`${facts.sql} is ${table.class}, and nothing says how its owner is found: set derive.`];
  const owned = new Set(ownedTables(plan).map((one) => one.table));
  const missing = sourceColumns(derive).filter((column) => !facts.columns.some((one) => one.name === column));
  return [
    ...missing.map((column) => `${facts.sql} has no column ${column}, from which its owner would be found.`),
    ...sourceTables(derive)
      .filter(
        ({ table: source, looseColumn }) => !owned.has(source) && (looseColumn === undefined || !endOf(plan, source)),
      )
      .map((source) => `${facts.sql} belongs to rows of ${source.table}, which is no tenant table in the plan.`),
    ...shapeProblems(plan, { schema, facts }),
    ...leavesOf(schema, facts.sql).flatMap(publicationProblems),
  ];
}

function shapeProblems(plan: Plan, { schema, facts }: { schema: Schema; facts: SchemaTable }): string[] {
  const column = facts.columns.find((one) => one.name === plan.column);
  const found: string[] = [];
  if (column !== undefined)
    found.push(
      `${facts.sql} has a column ${plan.column} already. Plan again with another --column, or make the table existing-tenant.`,
    );
  if (facts.kind === "foreign table")
    found.push(
      `${facts.sql} is a foreign table, which cannot have row security: make it global, or bring its rows here.`,
    );
  if ((!facts.isPartition && facts.parents.length > 0) || heirsOf(schema, facts).length > 0)
    found.push(
      `${facts.sql} inherits or is inherited from, and keys do not reach across. Make partitions of it, or separate tables.`,
    );
  if (facts.isPartition)
    found.push(`${facts.sql} is a part of ${facts.parents.join()}: name that one in the plan in its place.`);
  if (facts.rowSecurity || facts.policies.length > 0)
    found.push(
      `${facts.sql} has row security of its own (${facts.policies.join(", ") || "no policy"}). Take it off first: together they would show too much or nothing.`,
    );
  return found;
}

function heirsOf({ tables }: Schema, { sql }: SchemaTable): SchemaTable[] {
  return tables.filter(({ isPartition, parents }) => !isPartition && parents.includes(sql));
}

function publicationProblems({ sql: table, unidentifiedIn }: SchemaTable): string[] {
  if (unidentifiedIn.length === 0) return [];
  return [
    `${table} has no primary key and is published by ${unidentifiedIn.join(", ")}, so Postgres refuses to update its rows. Run: alter table ${table} replica identity full.`,
  ];
}

/**
 * Compares what stands there with what stood there when the conversion began, less what the conversion has made.
 *
 * @throws RowhouseError PLAN_OUTDATED
 */
export function assertUnchanged(plan: Plan, { before, now }: { before: Schema; now: Schema }): void {
  const then = new Map(before.tables.map((table) => [table.sql, table]));
  const planned = new Set(plan.tables.map(({ table }) => table));
  const changes: string[] = [];
  for (const { table } of plan.tables) {
    const was = then.get(table);
    const is = now.tables.find(({ sql }) => sql === table);
    if (was === undefined) continue;
    if (is === undefined) changes.push(`${table} is gone`);
    else changes.push(...lostColumns(was, is));
  }
  for (const { sql: table, isPartition } of now.tables)
    if (!then.has(table) && !planned.has(table) && !isPartition) changes.push(`${table} is new`);
  if (changes.length === 0) return;
  throw new RowhouseError(
    "PLAN_OUTDATED",
    `The schema has changed since the conversion began: ${changes.join(", ")}. Undo that, or roll back, plan again and run.`,
  );
}

/** A column that is new is no matter to the conversion. */
function lostColumns(was: SchemaTable, is: SchemaTable): string[] {
  return was.columns
    .filter((column) => !is.columns.some((one) => one.name === column.name && one.type === column.type))
    .map((column) => `column ${column.name} of ${was.sql} is gone or of another type`);
}
