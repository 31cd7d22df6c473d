import type pg from "pg";
import { RowhouseError } from "rowhouse";
import type { PhaseName, Plan } from "../plan.ts";
import type { ConversionFinding } from "./conversion-finding.ts";
import { findByDoctor } from "./find-by-doctor.ts";
import { findCrossTenantReferences } from "./find-cross-tenant-references.ts";
import { findThroughRowSecurity } from "./find-through-row-security.ts";
import { findUnfinishedStructure } from "./find-unfinished-structure.ts";
import { findWrongMemberships } from "./find-wrong-memberships.ts";
import { findWrongRows } from "./find-wrong-rows.ts";
import { hasReached, type Validation } from "./validation.ts";

export interface ValidateOptions {
  /** The last phase that was finished: rules for what comes later are not asked. */
  readonly reached: PhaseName;
  /** Default `rowhouse_runtime`. */
  readonly runtimeRole?: string;
}

/**
 * Compares a database that is being converted with its plan, in one snapshot, without writing. The client must be in no transaction and
 * be a role that no row security binds.
 *
 * @returns what is wrong; nothing where the next phase may come
 * @throws RowhouseError UNSAFE_DATABASE when row security would hide rows from the look
 */
export async function validateConversion(
  client: pg.ClientBase,
  plan: Plan,
  options: ValidateOptions,
): Promise<ConversionFinding[]> {
  await client.query("begin transaction isolation level repeatable read read only");
  try {
    await assertSeesAll(client);
    await client.query("set local row_security = off; set local statement_timeout = 0; set local lock_timeout = '10s'");
    return await findInConversion(client, plan, options);
  } finally {
    await client.query("rollback");
  }
}

/** The same within a transaction of the caller's. */
export async function findInConversion(
  client: pg.ClientBase,
  plan: Plan,
  { reached, runtimeRole = "rowhouse_runtime" }: ValidateOptions,
): Promise<ConversionFinding[]> {
  const validation: Validation = { client, plan, reached, runtimeRole };
  const has = (phase: PhaseName): boolean => hasReached(validation, phase);
  const byOldRules = has("contract") ? [] : await findByOldRules(validation);
  return [
    ...byOldRules,
    ...(has("backfill") ? await findCrossTenantReferences(validation) : []),
    ...(has("index") ? await findUnfinishedStructure(validation) : []),
    ...(has("hard-isolation") ? await findThroughRowSecurity(validation) : []),
    ...(has("hard-isolation") ? await findByDoctor(validation) : []),
  ];
}

/** From `contract` on the old application's columns say nothing any more. */
async function findByOldRules(validation: Validation): Promise<ConversionFinding[]> {
  return [
    ...(hasReached(validation, "organizations") ? await findWrongMemberships(validation) : []),
    ...(hasReached(validation, "backfill") ? await findWrongRows(validation) : []),
  ];
}

async function assertSeesAll(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; sees: boolean }>(
    "select current_user as name, rolsuper or rolbypassrls as sees from pg_catalog.pg_roles where rolname = current_user",
  );
  const [role] = rows;
  if (role?.sees === true) return;
  throw new RowhouseError(
    "UNSAFE_DATABASE",
    `Row security binds ${role?.name ?? "this role"}, so it cannot tell whether rows are missing. Connect as a superuser or as a role with BYPASSRLS.`,
  );
}
