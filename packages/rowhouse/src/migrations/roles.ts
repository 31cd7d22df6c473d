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
      attributes: "nologin nosuperuser nobypassrls nocreaterole nocreatedb noreplication inherit",
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
      await applyRole(client, plan);
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

/** Attributes by their words in SQL. */
const attributeColumns = `json_build_object('login', rolcanlogin, 'superuser', rolsuper, 'bypassrls', rolbypassrls, 'inherit', rolinherit,
  'createrole', rolcreaterole, 'createdb', rolcreatedb, 'replication', rolreplication)`;

/** What of the plan the role does not have; undefined where there is no such role. */
async function findDrift(client: pg.Client, { name, attributes }: RolePlan): Promise<string[] | undefined> {
  const { rows } = await client.query<{ now: Record<string, boolean> }>(
    `select ${attributeColumns} as now from pg_catalog.pg_roles where rolname = $1`,
    [name],
  );
  const now = rows[0]?.now;
  return now && attributes.split(" ").filter((word) => now[word.replace(/^no/, "")] !== !word.startsWith("no"));
}

/** Names only what differs: who is no superuser may not even say NOSUPERUSER. */
async function applyRole(client: pg.Client, plan: RolePlan): Promise<void> {
  const { name, attributes } = plan;
  const role = quoteIdentifier(name);
  try {
    let drift = await findDrift(client, plan);
    if (drift === undefined) {
      await createRole(client, role);
      drift = (await findDrift(client, plan)) ?? [];
    }
    if (drift.length > 0) await client.query(`alter role ${role} ${drift.join(" ")}`);
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
