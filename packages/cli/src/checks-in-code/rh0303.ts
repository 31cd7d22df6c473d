import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { findOpenings } from "./find-openings.ts";
import { narrow, quote } from "./policy-fixes.ts";

/** A policy that lets rows be written into other tenants. */
export async function rh0303(inspection: Inspection): Promise<readonly RawFinding[]> {
  const reach = { verbs: ["insert", "update"], clause: "check", row: "foreign", context: "own" } as const;
  const openings = await findOpenings(inspection, reach);
  return openings
    .filter(({ policy, verdict }) => policy.check !== null && verdict !== "undecided")
    .map(({ policy }) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `By policy "${policy.name}" a tenant can put rows into another one: with check ${quote(policy, "check")}.`,
      fix: narrow({ ...policy, using: null }),
    }));
}
