import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { tablesIn } from "./rh0308.ts";

/** A policy that asks another table. */
export async function rh0309(inspection: Inspection): Promise<readonly RawFinding[]> {
  const policies = await inspection.tenantPolicies();
  return policies.flatMap((policy) =>
    [...new Set(tablesIn(policy))]
      .filter((table) => table !== policy.table)
      .map((table) => ({
        level: null,
        object: policy.table,
        about: `${policy.name}|${table}`,
        detail: `Policy "${policy.name}" reads ${table}, by whose own rights and policies it is narrowed or opened, and as of an older moment while a row is locked.`,
        fix: null,
      })),
  );
}
