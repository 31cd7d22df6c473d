import type pg from "pg";
import type { Contestant } from "../contestants/contestant.ts";
import type { BenchOrganization } from "../database/bench-database.ts";

/**
 * What happened when another organization's row was asked for by its id. "blind" is one that did not find its own row
 * either, so that the probe says nothing good of it.
 */
export type Outcome = "holds" | "crosses" | "refuses" | "blind";

export interface Protection {
  /** Its own query, with the organization forgotten. */
  readonly query: Outcome;
  /** Plain SQL, with the organization forgotten. */
  readonly sql: Outcome;
  /** Its own query again, in a moment without row security on the tables. */
  readonly withoutRowSecurity: Outcome;
}

/** By the effect: forgetting is what every team does one day. */
export async function findProtection(
  contestant: Contestant,
  [own, foreign]: readonly BenchOrganization[],
  admin: pg.Client,
): Promise<Protection> {
  if (own === undefined || foreign === undefined) throw new Error("The probe needs two organizations.");
  const ask = async (find: Contestant["findRaw"]): Promise<Outcome> => {
    const [ownRows, foreignRows] = [await find(own, own.projectId), await find(own, foreign.projectId)];
    if (ownRows === undefined || foreignRows === undefined) return "refuses";
    if (foreignRows.length > 0) return "crosses";
    return ownRows.includes(own.projectId) ? "holds" : "blind";
  };
  const query = await ask((organization, id) => contestant.findForgetful(organization, id));
  const sql = await ask((organization, id) => contestant.findRaw(organization, id));
  await admin.query("alter table projects disable row level security");
  try {
    const withoutRowSecurity = await ask((organization, id) => contestant.findForgetful(organization, id));
    return { query, sql, withoutRowSecurity };
  } finally {
    await admin.query("alter table projects enable row level security");
  }
}
