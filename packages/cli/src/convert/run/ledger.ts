import type pg from "pg";
import type { Plan } from "../plan.ts";
import type { Schema } from "../phases/schema.ts";
import type { Step } from "../phases/step.ts";

/** What has run, with the SQL that undoes it. It lives in the database that is converted, so neither is ever without the other. */
const ledgerSql = `
  create schema if not exists rowhouse_convert;
  revoke all on schema rowhouse_convert from public;
  create table if not exists rowhouse_convert.conversion (
    one boolean primary key default true check (one), plan jsonb not null, schema jsonb not null, started_at timestamptz not null default now());
  create table if not exists rowhouse_convert.steps (
    number bigint generated always as identity primary key, id text not null unique, phase text not null,
    planned jsonb not null, state text not null check (state in ('running', 'done')), started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz, rows_done bigint not null default 0);
  create table if not exists rowhouse_convert.progress (
    step text not null, job integer not null, round integer not null default 0, last jsonb, rows_done bigint not null default 0,
    round_rows bigint not null default 0, done boolean not null default false, primary key (step, job));
  create table if not exists rowhouse_convert.log (
    number bigint generated always as identity primary key, at timestamptz not null default clock_timestamp(),
    kind text not null, step text, detail text not null default '');
  create table if not exists rowhouse_convert.owners (
    kind text not null check (kind in ('user', 'team')), key text not null, user_id uuid, organization_id uuid not null,
    primary key (kind, key));
  create index if not exists owners_organization on rowhouse_convert.owners (organization_id);
  create index if not exists owners_user on rowhouse_convert.owners (user_id);
  create table if not exists rowhouse_convert.deleted_rows (
    id bigint generated always as identity primary key, table_name text not null, old json not null, deleted_at timestamptz not null default now());
  create table if not exists rowhouse_convert.letters (letter text primary key, ascii text not null);
  create or replace function rowhouse_convert.keep(from_table text, old json) returns bigint
    language sql volatile set search_path = ''
    as $$ insert into rowhouse_convert.deleted_rows (table_name, old) values (from_table, old) returning id $$`;

export interface LedgerLine {
  readonly id: string;
  readonly phase: string;
  readonly planned: Pick<Step, "do" | "undo" | "policiesOf" | "irreversible" | "batches" | "lock" | "on">;
  readonly state: "running" | "done";
}

export interface Conversion {
  readonly plan: Plan;
  readonly schema: Schema;
}

export async function installLedger(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(
    "select to_regclass('rowhouse_convert.deleted_rows') is not null as found",
  );
  if (rows[0]?.found !== true) await client.query(ledgerSql);
}

export async function hasLedger(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    "select to_regclass('rowhouse_convert.conversion') is not null as found",
  );
  return rows[0]?.found === true;
}

export async function findConversion(client: pg.ClientBase): Promise<Conversion | undefined> {
  const { rows } = await client.query<Conversion>("select plan, schema from rowhouse_convert.conversion");
  return rows[0];
}

export async function saveConversion(client: pg.ClientBase, { plan, schema }: Conversion): Promise<void> {
  await client.query(
    `insert into rowhouse_convert.conversion (plan, schema) values ($1, $2) on conflict (one) do update set plan = excluded.plan, schema = excluded.schema`,
    [JSON.stringify(plan), JSON.stringify(schema)],
  );
}

/** In the order in which they began. */
export async function readLines(client: pg.ClientBase): Promise<LedgerLine[]> {
  const { rows } = await client.query<LedgerLine>(
    "select id, phase, planned, state from rowhouse_convert.steps order by number",
  );
  return rows;
}

/** True where a validation found nothing after the last step of the phase. */
export async function isJudgedRight(client: pg.ClientBase, phase: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from rowhouse_convert.log l where l.kind = 'validate' and l.detail = '[]'
       and l.at >= (select max(s.ended_at) from rowhouse_convert.steps s where s.phase = $1) limit 1`,
    [phase],
  );
  return rowCount === 1;
}

export async function writeLine(client: pg.ClientBase, step: Step, state: LedgerLine["state"]): Promise<void> {
  await client.query(
    // What is done when it is first written is so by this transaction, which began with it.
    `insert into rowhouse_convert.steps (id, phase, planned, state, started_at, ended_at)
     values ($1, $2, $3, $4, now(), case $4 when 'done' then clock_timestamp() end)
     on conflict (id) do update set state = excluded.state, ended_at = excluded.ended_at, planned = excluded.planned`,
    [step.id, step.phase, JSON.stringify(plannedOf(step)), state],
  );
}

export async function removeLine(client: pg.ClientBase, id: string): Promise<void> {
  await client.query("delete from rowhouse_convert.steps where id = $1", [id]);
  await client.query("delete from rowhouse_convert.progress where step = $1", [id]);
}

export async function log(
  client: pg.ClientBase,
  { kind, step, detail = "" }: { kind: string; step?: string | undefined; detail?: string },
): Promise<void> {
  await client.query("insert into rowhouse_convert.log (kind, step, detail) values ($1, $2, $3)", [
    kind,
    step ?? null,
    detail,
  ]);
}

export function plannedOf({
  do: changes,
  undo,
  policiesOf,
  irreversible,
  batches,
  lock,
  on,
}: Step): LedgerLine["planned"] {
  return {
    do: changes,
    undo,
    lock,
    on,
    ...(policiesOf === undefined ? {} : { policiesOf }),
    ...(irreversible === undefined ? {} : { irreversible }),
    ...(batches === undefined ? {} : { batches }),
  };
}

/** True where the step would do today what it did then. */
export function isSame(line: LedgerLine, step: Step): boolean {
  const { planned } = line;
  return canonicalText([planned.do, planned.batches]) === canonicalText([step.do, step.batches]);
}

/** jsonb has an order of keys of its own. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    one !== null && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
