import { RowhouseError } from "rowhouse";
import type pg from "pg";
import {
  guessAppRoles,
  guessContextSetting,
  guessOrganizationsTable,
  guessTenantColumn,
  sureEnough,
  type Guess,
} from "./guess-subject.ts";
import type { Subject } from "./subject.ts";

/** What flags or a person said; what they left out is looked for. */
export interface GivenSubject {
  readonly appRoles?: readonly string[] | undefined;
  readonly tenantColumn?: string | undefined;
  readonly organizationsTable?: string | undefined;
  readonly contextSetting?: string | undefined;
}

export interface FoundSubject {
  readonly subject: Subject;
  readonly guesses: readonly Guess[];
}

/** The cause of an error that a person can put right by saying one thing. */
export class OpenQuestion {
  readonly part: keyof GivenSubject;
  /** `undefined` where something was said that cannot be. */
  readonly guess: Guess | undefined;

  constructor(part: keyof GivenSubject, guess?: Guess) {
    this.part = part;
    this.guess = guess;
  }
}

export const subjectFlags: Readonly<Record<keyof GivenSubject, string>> = {
  tenantColumn: "--tenant-column",
  organizationsTable: "--organizations-table",
  appRoles: "--app-role",
  contextSetting: "--context-setting",
};

/**
 * Completes what was said with what the database says itself.
 *
 * @throws RowhouseError INVALID_INPUT when the database says too little or too much, or what was said cannot be: the message
 *   names the flag and what was found, and the cause is the {@link OpenQuestion}
 */
export async function findSubject(client: pg.ClientBase, given: GivenSubject): Promise<FoundSubject> {
  const guesses: Guess[] = [];
  const settle = (part: keyof GivenSubject, guess: Guess): string => {
    if (guess.confidence < sureEnough) throw unsure(part, guess);
    guesses.push(guess);
    return guess.value;
  };
  const tenantColumn = given.tenantColumn ?? settle("tenantColumn", await guessTenantColumn(client));
  await assertColumn(client, tenantColumn);
  const organizationsTable =
    given.organizationsTable === undefined
      ? settle("organizationsTable", await guessOrganizationsTable(client, tenantColumn))
      : await resolveTable(client, given.organizationsTable);
  const appRoles = given.appRoles ?? settle("appRoles", await guessAppRoles(client, tenantColumn)).split(", ");
  await assertRoles(client, appRoles);
  const contextSetting = given.contextSetting ?? settle("contextSetting", await guessContextSetting(client));
  assertSetting(contextSetting);
  return { subject: { appRoles, tenantColumn, organizationsTable, contextSettings: [contextSetting] }, guesses };
}

function unsure(part: keyof GivenSubject, guess: Guess): RowhouseError {
  const found = guess.value === "" ? "" : ` Perhaps it is ${guess.value}.`;
  const message = `Which is ${guess.what}? ${guess.reason}${found} Say it with ${subjectFlags[part]}.`;
  return new RowhouseError("INVALID_INPUT", message, { cause: new OpenQuestion(part, guess) });
}

function impossible(part: keyof GivenSubject, message: string): RowhouseError {
  return new RowhouseError("INVALID_INPUT", message, { cause: new OpenQuestion(part) });
}

/** A column that no table has would find nothing wrong anywhere. */
async function assertColumn(client: pg.ClientBase, name: string): Promise<void> {
  const { rowCount } = await client.query(
    `select from pg_attribute as a
     join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p')
     join pg_namespace as n on n.oid = c.relnamespace and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
     where a.attname = $1 and a.attnum > 0 and not a.attisdropped
     limit 1`,
    [name],
  );
  if (rowCount === 0) throw impossible("tenantColumn", `No table has a column ${name}. Write it as the catalog does.`);
}

/** By its whole name as it is printed or as it is, or by its bare name: in public first, then where there is but one. */
async function resolveTable(client: pg.ClientBase, given: string): Promise<string> {
  const { rows } = await client.query<{ name: string; rank: number }>(
    `select t.oid::regclass::text as name,
       case when $1 in (t.oid::regclass::text, n.nspname || '.' || t.relname) then 1 when n.nspname = 'public' then 2 else 3 end as rank
     from pg_class as t
     join pg_namespace as n on n.oid = t.relnamespace and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
     where t.relkind in ('r', 'p', 'f')
       and $1 in (t.oid::regclass::text, n.nspname || '.' || t.relname, t.relname, quote_ident(t.relname))
     order by rank, name`,
    [given],
  );
  const [best, ...others] = rows;
  if (best === undefined)
    throw impossible("organizationsTable", `There is no table ${given}. Name it with its schema.`);
  if (others.some(({ rank }) => rank === best.rank))
    throw impossible(
      "organizationsTable",
      `There is more than one table ${given}: ${rows.map(({ name }) => name).join(", ")}. Name it with its schema.`,
    );
  return best.name;
}

async function assertRoles(client: pg.ClientBase, names: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select given.name from unnest($1::text[]) as given (name) where not exists (select from pg_roles where rolname = given.name)",
    [names],
  );
  if (rows.length > 0)
    throw impossible("appRoles", `The server has no role ${rows.map(({ name }) => name).join(", ")}.`);
}

/** Postgres takes a setting that is not its own by such a name only. */
function assertSetting(name: string): void {
  if (!/^[\p{L}_][\p{L}\p{N}_$]*(\.[\p{L}_][\p{L}\p{N}_$]*)+$/u.test(name))
    throw impossible(
      "contextSetting",
      `${name} is no name of a setting: expected two words and a dot, as app.tenant_id.`,
    );
}
