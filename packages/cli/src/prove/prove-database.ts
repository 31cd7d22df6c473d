import type pg from "pg";
import { RowhouseError } from "rowhouse";
import { withRollback } from "../database/with-rollback.ts";
import type { Subject } from "../doctor/subject.ts";
import { attacks } from "./attacks/attacks.ts";
import { readCatalog } from "./catalog/read-catalog.ts";
import { openSession } from "./open-session.ts";
import type { Proof } from "./proof.ts";
import type { GivenValues } from "./rows/parse-values.ts";
import { makeWorld } from "./rows/make-world.ts";
import { runProof, type ProofOptions } from "./run-proof.ts";
import type { ContextStatement } from "./session.ts";

export interface DatabaseProofOptions {
  readonly subject: Subject;
  readonly enter: ContextStatement;
  /** Values for columns that nothing fitting is found for. */
  readonly values: GivenValues;
  readonly progress?: ProofOptions["progress"];
}

/**
 * The whole proof on one database, for one role that serves tenants after the other, each in a transaction that is rolled back.
 *
 * @throws RowhouseError UNSAFE_DATABASE when the connection itself is subject to row security
 */
export async function proveDatabase(client: pg.ClientBase, options: DatabaseProofOptions): Promise<Proof> {
  await assertSeesAll(client);
  const proofs: Proof[] = [];
  for (const role of options.subject.appRoles)
    proofs.push(await withRollback(client, () => proveRole(client, role, options)));
  const [first, ...others] = proofs;
  if (first === undefined) throw new RowhouseError("INVALID_INPUT", "There is no role to prove anything for.");
  return others.reduce(together, first);
}

async function proveRole(client: pg.ClientBase, role: string, options: DatabaseProofOptions): Promise<Proof> {
  const session = await openSession(client, { role, enter: options.enter });
  const world = await makeWorld(session, await readCatalog(client, options.subject), options.values);
  return runProof(world, { attacks, ...(options.progress === undefined ? {} : { progress: options.progress }) });
}

/** What A reached is found by looking past row security: whoever cannot would call every crossing held. */
async function assertSeesAll(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; sees: boolean }>(
    "select rolname as name, rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user",
  );
  if (rows[0]?.sees === true) return;
  throw new RowhouseError(
    "UNSAFE_DATABASE",
    `${rows[0]?.name ?? "This role"} is subject to row security and could not see what an attack did. Connect as a superuser.`,
  );
}

function together(one: Proof, other: Proof): Proof {
  return {
    ...one,
    roles: [...one.roles, ...other.roles],
    objects: [...new Set([...one.objects, ...other.objects])],
    cells: [...one.cells, ...other.cells],
    notApplicable: [...one.notApplicable, ...other.notApplicable],
  };
}
