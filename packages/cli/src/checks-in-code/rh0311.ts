import type { Node } from "libpg-query";
import { nodesOf } from "../expression/nodes-of.ts";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { quote } from "./policy-fixes.ts";

/** A policy that trusts what the person can choose, or what all tenants' sessions have in common. */
export async function rh0311(inspection: Inspection): Promise<readonly RawFinding[]> {
  const policies = await inspection.tenantPolicies();
  return policies
    .filter(({ permissive }) => permissive)
    .flatMap((policy) => {
      const trusted = new Set([...nodesOf(policy.using?.node), ...nodesOf(policy.check?.node)].flatMap(findTrusted));
      return [...trusted].map((what) => ({
        level: what === "user_metadata" ? ("error" as const) : null,
        object: policy.table,
        about: `${policy.name}|${what}`,
        detail: `Policy "${policy.name}" goes by ${what}, ${reasons[what]}: ${quote(policy, "using")}.`,
        fix: null,
      }));
    });
}

const reasons = {
  user_metadata: "which people can change themselves",
  current_user: "which is the same for all tenants that one role serves",
  session_user: "which is the same for all tenants that one role serves",
} as const;

function findTrusted(node: Node): (keyof typeof reasons)[] {
  if ("A_Const" in node) return node.A_Const.sval?.sval === "user_metadata" ? ["user_metadata"] : [];
  if (!("SQLValueFunction" in node)) return [];
  if (node.SQLValueFunction.op === "SVFOP_SESSION_USER") return ["session_user"];
  return ["SVFOP_CURRENT_USER", "SVFOP_USER", "SVFOP_CURRENT_ROLE"].includes(node.SQLValueFunction.op ?? "")
    ? ["current_user"]
    : [];
}
