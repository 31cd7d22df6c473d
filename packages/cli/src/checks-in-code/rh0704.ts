import type { Node } from "libpg-query";
import { nodesIn } from "../expression/nodes-in.ts";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { narrow, quote } from "./policy-fixes.ts";

/** A policy that reads its setting for every row instead of once. */
export async function rh0704(inspection: Inspection): Promise<readonly RawFinding[]> {
  const policies = await inspection.policies();
  return policies
    .filter(({ onTenantTable, applies }) => onTenantTable && applies)
    .filter(
      ({ using, check }) => countCalls([using?.node, check?.node]) > countCalls(subselects([using?.node, check?.node])),
    )
    .map((policy) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `Policy "${policy.name}" calls current_setting() for each row that no index has sorted out before: ${quote(policy, "using")}.`,
      fix: narrow(policy),
    }));
}

function subselects(tree: unknown): Node[] {
  return [...nodesIn(tree)].filter((node) => "SubLink" in node);
}

function countCalls(tree: unknown): number {
  return [...nodesIn(tree)].filter((node) => {
    const last = "FuncCall" in node ? node.FuncCall.funcname?.at(-1) : undefined;
    return last !== undefined && "String" in last && last.String.sval === "current_setting";
  }).length;
}
