import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { findOpenings } from "./find-openings.ts";
import { narrow, quote } from "./policy-fixes.ts";

/** A policy for UPDATE or DELETE that reaches rows of others: the one for SELECT is not asked when a statement reads nothing. */
export async function rh0304(inspection: Inspection): Promise<readonly RawFinding[]> {
  const reach = { verbs: ["update", "delete"], clause: "using", row: "foreign", context: "own" } as const;
  const openings = await findOpenings(inspection, reach);
  return openings
    .filter(({ policy, verdict }) => policy.command !== "all" && verdict !== "undecided")
    .map(({ policy }) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `By policy "${policy.name}" an ${policy.command.toUpperCase()} without a condition reaches rows of other tenants: ${quote(policy, "using")}.`,
      fix: narrow({ ...policy, check: null }),
    }));
}
