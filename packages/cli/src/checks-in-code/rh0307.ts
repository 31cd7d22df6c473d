import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { narrow, quote } from "./policy-fixes.ts";

const emptied = { row: "foreign", context: "emptied" } as const;

/** A policy that raises an error on a connection whose tenant was set and taken back, which leaves an empty text. */
export async function rh0307(inspection: Inspection): Promise<readonly RawFinding[]> {
  const [policies, judge] = await Promise.all([inspection.tenantPolicies(), inspection.judge()]);
  return policies
    .filter(({ using, check }) => judge.fails(using, emptied) || judge.fails(check, emptied))
    .map((policy) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `Policy "${policy.name}" raises an error instead of showing nothing once a tenant was set on the connection before: ${quote(policy, "using")}.`,
      fix: narrow(policy),
    }));
}
