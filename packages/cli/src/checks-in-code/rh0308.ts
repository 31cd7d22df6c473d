import { nodesOf } from "../expression/nodes-of.ts";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import type { Policy } from "../doctor/read-policies.ts";

/** A policy that reads its own table: Postgres refuses every statement on it. */
export async function rh0308(inspection: Inspection): Promise<readonly RawFinding[]> {
  const policies = await inspection.policies();
  return policies
    .filter((policy) => tablesIn(policy).includes(policy.table))
    .map((policy) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `Policy "${policy.name}" reads ${policy.table} itself, so every statement on it ends with "infinite recursion detected in policy".`,
      fix: null,
    }));
}

/** The tables that a policy's subselects read, as the policy's own table is named. */
export function tablesIn({ using, check }: Policy): string[] {
  return [...nodesOf(using?.node), ...nodesOf(check?.node)].flatMap((node) => {
    if (!("RangeVar" in node)) return [];
    const { schemaname, relname } = node.RangeVar;
    return schemaname === undefined || relname === undefined ? [] : [`${quoted(schemaname)}.${quoted(relname)}`];
  });
}

/** As `format('%I')` prints names that need no quotes; those that need them never come out equal by chance. */
function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
