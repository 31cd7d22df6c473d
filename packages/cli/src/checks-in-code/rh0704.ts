import type { Node } from "libpg-query";
import { lastName } from "../expression/names-of.ts";
import { nodesOf } from "../expression/nodes-of.ts";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { narrow, quote } from "./policy-fixes.ts";

/** A policy that reads its setting for every row instead of once. */
export async function rh0704(inspection: Inspection): Promise<readonly RawFinding[]> {
  const policies = await inspection.tenantPolicies();
  return policies
    .filter(({ using, check }) => [using?.node, check?.node].some(callsPerRow))
    .map((policy) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `Policy "${policy.name}" calls current_setting() for each row that no index has sorted out before: ${quote(policy, "using")}.`,
      fix: narrow(policy),
    }));
}

/** What a subselect calls is called once. */
function callsPerRow(condition: Node | undefined): boolean {
  const all = nodesOf(condition);
  const once = new Set(all.flatMap((node) => ("SubLink" in node ? nodesOf(node) : [])));
  return all.some((node) => isReading(node) && !once.has(node));
}

function isReading(node: Node): boolean {
  return "FuncCall" in node && lastName(node.FuncCall.funcname) === "current_setting";
}
