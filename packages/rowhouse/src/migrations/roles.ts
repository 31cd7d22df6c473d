import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { RowhouseError } from "../errors.ts";
import { quoteIdentifier } from "../database/identifier.ts";
import type { RoleNames } from "../settings.ts";
import { scramVerifier } from "./scram-verifier.ts";

/** Passwords for the roles that log in. A role without one here keeps what it has. */
export type RolePasswords = Partial<Readonly<Record<"runtime" | "identity" | "operator" | "worker", string>>>;

interface RolePlan {
  readonly name: string;
  readonly attributes: string;
  readonly password: string | undefined;
}

const tenantAttributes = "login nosuperuser nobypassrls nocreaterole nocreatedb noreplication noinherit";

/** The roles with their attributes; pure. */
export function planRoles(names: RoleNames, passwords: RolePasswords): RolePlan[] {
  return [
    {
      name: names.owner,
      attributes: "nologin nosuperuser nobypassrls nocreaterole nocreatedb noreplication",
      password: undefined,
    },
    { name: names.runtime, attributes: tenantAttributes, password: passwords.runtime },
    { name: names.identity, attributes: tenantAttributes, password: passwords.identity },
    {
      name: names.operator,
      attributes: "login nosuperuser bypassrls nocreaterole nocreatedb noreplication noinherit",
      password: passwords.operator,
    },
    { name: names.worker, attributes: tenantAttributes, password: passwords.worker },
  ];
}

/**
 * Creates what is missing and mends what drifted. Roles belong to the whole server, so another database may do the same
 * at the same time.
 *
 * @throws RowhouseError MIGRATION_FAILED when the connected user may not make them.
 */
export async function applyRoles(client: pg.Client, names: RoleNames, passwords: RolePasswords): Promise<void> {
  for (const plan of planRoles(names, passwords)) {
    await whileContended(async () => {
      if (!(await roleIsAsPlanned(client, plan))) await alterRole(client, plan);
      if (plan.password !== undefined) await setPassword(client, plan.name, plan.password);
    });
  }
  await whileContended(() => client.query(`grant ${quoteIdentifier(names.owner)} to current_user`));
}

/** Postgres refuses two changes of one role at the same moment; the locks of databases do not reach across them. */
async function whileContended(work: () => Promise<unknown>, attempts = 20): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isContended = error instanceof pg.DatabaseError && (error.code === "XX000" || error.code === "23505");
    if (!isContended || attempts === 1) throw error;
    await sleep(20 + Math.random() * 50);
    await whileContended(work, attempts - 1);
  }
}

async function roleIsAsPlanned(client: pg.Client, { name, attributes }: RolePlan): Promise<boolean> {
  const { rows } = await client.query<{ matches: boolean }>(
    `select not rolsuper and rolcanlogin = $2 and rolbypassrls = $3 and rolinherit = $4
        and not rolcreaterole and not rolcreatedb and not rolreplication as matches
     from pg_catalog.pg_roles where rolname = $1`,
    [name, has(attributes, "login"), has(attributes, "bypassrls"), !has(attributes, "noinherit")],
  );
  return rows[0]?.matches === true;
}

function has(attributes: string, attribute: string): boolean {
  return attributes.split(" ").includes(attribute);
}

async function alterRole(client: pg.Client, { name, attributes }: RolePlan): Promise<void> {
  const role = quoteIdentifier(name);
  try {
    const { rowCount } = await client.query("select from pg_catalog.pg_roles where rolname = $1", [name]);
    if (rowCount === 0) await createRole(client, role);
    await client.query(`alter role ${role} ${attributes}`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "42501") throw error;
    throw new RowhouseError(
      "MIGRATION_FAILED",
      `The user of the migration may not make the role ${name} (${attributes}). Connect as one who may, or make it by hand.`,
      { cause: error, sqlstate: error.code },
    );
  }
}

async function createRole(client: pg.Client, role: string): Promise<void> {
  try {
    await client.query(`create role ${role}`);
  } catch (error) {
    const madeMeanwhile = error instanceof pg.DatabaseError && (error.code === "42710" || error.code === "23505");
    if (!madeMeanwhile) throw error;
  }
}

async function setPassword(client: pg.Client, name: string, password: string): Promise<void> {
  await client.query(`alter role ${quoteIdentifier(name)} password ${pg.escapeLiteral(scramVerifier(password))}`);
}
