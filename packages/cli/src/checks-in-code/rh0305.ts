import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { findOpenings } from "./find-openings.ts";
import { narrow } from "./policy-fixes.ts";

/** A policy by which a tenant can write rows that belong to nobody, and so to everybody who may read such rows. */
export async function rh0305(inspection: Inspection): Promise<readonly RawFinding[]> {
  const reach = { verbs: ["insert", "update"], clause: "check", row: "nobody", context: "own" } as const;
  const openings = await findOpenings(inspection, reach);
  return openings
    .filter(({ policy, verdict }) => policy.tenantNullable && verdict !== "undecided")
    .map(({ policy }) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `By policy "${policy.name}" a tenant can write rows whose ${inspection.subject.tenantColumn} is null, which others are shown.`,
      fix: policy.predicate === null ? null : narrow({ ...policy, using: null, check: policy.check ?? policy.using }),
    }));
}
