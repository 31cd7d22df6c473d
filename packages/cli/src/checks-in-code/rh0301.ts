import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { findOpenings } from "./find-openings.ts";
import { narrow, quote } from "./policy-fixes.ts";

/** A policy that lets every row be read. */
export async function rh0301(inspection: Inspection): Promise<readonly RawFinding[]> {
  const reach = { verbs: ["select"], clause: "using", row: "foreign", context: "own" } as const;
  const openings = await findOpenings(inspection, reach);
  return openings
    .filter(({ verdict }) => verdict === "always")
    .map(({ policy }) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `Policy "${policy.name}" shows every row to every tenant: ${quote(policy, "using")}.`,
      fix: narrow(policy),
    }));
}
