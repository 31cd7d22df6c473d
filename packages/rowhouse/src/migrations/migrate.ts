import pg from "pg";
import { fileURLToPath } from "node:url";
import { RowhouseError } from "../errors.ts";
import { toConnectError } from "../database/database-error.ts";
import { quoteIdentifier } from "../database/identifier.ts";
import { applyPolicies, type PolicyTables } from "../policy/apply-policies.ts";
import type { SealKeys } from "../policy/apply-seal-keys.ts";
import { recordPolicies } from "../policy/record-policies.ts";
import { defaultRoleNames, type RoleNames } from "../settings.ts";
import { installJobQueue } from "./install-job-queue.ts";
import { readMigrations, type Migration } from "./migration-files.ts";
import { applyRoles, type RolePasswords } from "./roles.ts";

export interface MigrateOptions {
  /** A user who may create roles and schemas: a superuser, or the database's owner with CREATEROLE. */
  readonly adminUrl: string;
  readonly roles?: RoleNames;
  readonly passwords?: RolePasswords;
  /** Folders of the application's own numbered `.sql` files, each with the name its ledger lines carry. */
  readonly sources?: readonly { readonly name: string; readonly folder: string }[];
  /** Those of the settings. Row security is planned for them after the application's files have run. */
  readonly tables?: PolicyTables;
  /**
   * Takes the policies of today as meant, whoever made them: for teams whose policies come by another tool. Without it a
   * policy that was made, changed or dropped by hand stays a finding of the boot guard. It is an option of this function
   * alone, which needs the admin's URL: the runtime role may not write the record. Default false.
   */
  readonly acceptPolicies?: boolean;
  /**
   * Seals the contexts of transactions, see docs/guide/sealed-context.md: SQL that was injected into the application cannot name
   * another organization then. `"off"` ends it. Left out: stays as it is.
   */
  readonly seal?: SealKeys | "off" | undefined;
  /** Told of each migration before it runs. */
  readonly onStep?: (step: { readonly source: string; readonly name: string; readonly risk: string }) => void;
}

const controlPlane = { name: "rowhouse", folder: fileURLToPath(new URL("../../sql/", import.meta.url)) };

/** Two processes that start at once take turns by this lock; the number means nothing else. */
const lockKey = 7_206_581_143;

/**
 * Brings a database up to date: roles, the queue of jobs, the control plane, the application's files, then policies and grants of its
 * tenant tables, and the canary and the manifest of policies that the boot guard asks. Each file runs in a transaction with its ledger line, as the owner role; killed in the middle it goes on
 * where it stopped.
 *
 * @returns the names of the migrations that ran, as `source/name`
 * @throws RowhouseError MIGRATION_FAILED, MIGRATION_CHANGED when a file that has run was edited, DATABASE_UNREACHABLE
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const roles = options.roles ?? defaultRoleNames;
  const client = await connect(options.adminUrl);
  try {
    const ran = await installOn(client, { options, roles });
    await secureDatabase(client, roles);
    for (const source of options.sources ?? []) {
      ran.push(...(await runSource(client, { source, roles, options })));
    }
    const { tables = { tenant: [] }, acceptPolicies, seal } = options;
    await applyPolicies(client, { tables, roles, acceptPolicies, seal });
    return ran;
  } finally {
    await client.end();
  }
}

/**
 * Roles, the queue of jobs and the control plane, and nothing else: an application that is in the database already keeps every right
 * that it has. For a conversion, which takes them at its end by {@link planDatabaseRights}.
 *
 * @returns the names of the migrations that ran, as `rowhouse/name`
 * @throws RowhouseError MIGRATION_FAILED, MIGRATION_CHANGED, DATABASE_UNREACHABLE
 */
export async function installControlPlane(
  options: Pick<MigrateOptions, "adminUrl" | "roles" | "passwords" | "onStep">,
): Promise<string[]> {
  const client = await connect(options.adminUrl);
  try {
    return await installOn(client, { options, roles: options.roles ?? defaultRoleNames });
  } finally {
    await client.end();
  }
}

/**
 * What a session must not be able to do once rows are isolated: make tables in `public`, or temporary ones, which have no row
 * security. Each line may run again.
 */
export function planDatabaseRights(database: string, roles: RoleNames): string[] {
  const [name, owner] = [quoteIdentifier(database), quoteIdentifier(roles.owner)];
  return [
    "revoke create on schema public from public",
    `grant usage, create on schema public to ${owner}`,
    // A tenant's session must not keep rows in temporary tables: those have no row security.
    `revoke temporary on database ${name} from public`,
  ];
}

async function installOn(
  client: pg.Client,
  { options, roles }: { options: MigrateOptions; roles: RoleNames },
): Promise<string[]> {
  await client.query("select pg_advisory_lock($1)", [lockKey]);
  await applyRoles(client, roles, options.passwords ?? {});
  await prepareSchema(client, roles);
  await installJobQueue(options.adminUrl, roles);
  return runSource(client, { source: controlPlane, roles, options });
}

async function secureDatabase(client: pg.Client, roles: RoleNames): Promise<void> {
  const { rows } = await client.query<{ name: string }>("select current_database() as name");
  const statements = planDatabaseRights(rows[0]?.name ?? "", roles);
  await inTransaction(client, async () => void (await client.query(statements.join("; "))));
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "rowhouse migrate",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement that runs, or the next one; unheard, the event would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw toConnectError(error, false);
  }
  return client;
}

async function prepareSchema(client: pg.Client, roles: RoleNames): Promise<void> {
  const [owner, runtime] = [quoteIdentifier(roles.owner), quoteIdentifier(roles.runtime)];
  const { rows } = await client.query<{ name: string }>("select current_database() as name");
  const database = quoteIdentifier(rows[0]?.name ?? "");
  await inTransaction(client, async () => {
    await client.query(`create schema if not exists rowhouse authorization ${owner}`);
    await client.query(`create table if not exists rowhouse.migrations (
      source text not null, name text not null, sha256 text not null, ran_at timestamptz not null default now(),
      primary key (source, name))`);
    // Its owner is the migrating user, so neither the runtime role nor the owner role writes it.
    await client.query(`create table if not exists rowhouse.policy_manifest (
      table_schema text not null, table_name text not null, policies jsonb not null, origin text not null,
      primary key (table_schema, table_name))`);
    await client.query(`revoke all on rowhouse.policy_manifest from public, ${runtime}`);
    await client.query(`grant select on rowhouse.policy_manifest to ${runtime}`);
    await client.query(`grant create on database ${database} to ${owner}`);
  });
}

async function runSource(
  client: pg.Client,
  { source, roles, options }: { source: { name: string; folder: string }; roles: RoleNames; options: MigrateOptions },
): Promise<string[]> {
  const migrations = await readMigrations(source.folder, roles);
  const { rows } = await client.query<{ name: string; sha256: string }>(
    "select name, sha256 from rowhouse.migrations where source = $1",
    [source.name],
  );
  const done = new Map(rows.map((row) => [row.name, row.sha256]));
  const ran: string[] = [];
  for (const migration of migrations) {
    if (isDone(migration, done)) continue;
    options.onStep?.({ source: source.name, name: migration.name, risk: migration.risk });
    await runMigration(client, {
      source: source.name,
      migration,
      owner: roles.owner,
      tenantTables: [...(options.tables?.tenant ?? []), ...(options.tables?.mixed ?? [])],
    });
    ran.push(`${source.name}/${migration.name}`);
  }
  return ran;
}

function isDone({ name, sha256 }: Migration, done: ReadonlyMap<string, string>): boolean {
  const known = done.get(name);
  if (known === undefined || known === sha256) return known !== undefined;
  throw new RowhouseError(
    "MIGRATION_CHANGED",
    `${name}.sql was edited after it had run. Put it back and write a new file instead.`,
  );
}

interface MigrationRun {
  readonly source: string;
  readonly migration: Migration;
  readonly owner: string;
  readonly tenantTables: readonly string[];
}

async function runMigration(client: pg.Client, run: MigrationRun): Promise<void> {
  const { source, migration, tenantTables } = run;
  try {
    await inTransaction(client, () => recordPolicies(client, { tenantTables }, () => runFile(client, run)));
  } catch (error) {
    throw new RowhouseError(
      "MIGRATION_FAILED",
      `${source}/${migration.name}.sql failed${describe(error, migration.sql)}`,
      {
        cause: error,
        sqlstate: error instanceof pg.DatabaseError ? error.code : undefined,
      },
    );
  }
}

async function runFile(client: pg.Client, { source, migration, owner }: MigrationRun): Promise<void> {
  await client.query(`set local role ${quoteIdentifier(owner)}`);
  await client.query(migration.sql);
  await client.query("reset role");
  await client.query("insert into rowhouse.migrations (source, name, sha256) values ($1, $2, $3)", [
    source,
    migration.name,
    migration.sha256,
  ]);
}

/** `at line 12: <what Postgres said>`; a migration is the team's own SQL, so its words may be shown. */
function describe(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return `: ${error instanceof Error ? error.message : String(error)}`;
  const line =
    error.position === undefined ? "" : ` at line ${sql.slice(0, Number(error.position)).split("\n").length}`;
  return `${line}: ${error.message} (SQLSTATE ${error.code})`;
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (error) {
    // If this fails too, the connection is gone and the transaction with it; the first error tells why.
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}
