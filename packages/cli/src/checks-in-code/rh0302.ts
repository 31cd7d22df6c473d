import { lastName } from "../expression/names-of.ts";
import { nodesOf } from "../expression/nodes-of.ts";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import type { Policy } from "../doctor/read-policies.ts";
import { findOpenings } from "./find-openings.ts";
import { addFloor, quote } from "./policy-fixes.ts";

/** A policy by which some rows of others can be read, whatever the tenant column says. */
export async function rh0302(inspection: Inspection): Promise<readonly RawFinding[]> {
  const reach = { verbs: ["select"], clause: "using", row: "foreign", context: "own" } as const;
  const openings = await findOpenings(inspection, reach);
  const { tenantColumn } = inspection.subject;
  return openings.flatMap(({ policy, verdict, switched }): RawFinding[] => {
    const told = { object: policy.table, about: policy.name, fix: addFloor(policy) };
    const condition = quote(policy, "using");
    if (verdict === "sometimes") {
      const detail = `Policy "${policy.name}" lets rows of other tenants be read, and no restrictive policy holds it back: ${condition}.`;
      return [{ ...told, level: null, detail }];
    }
    if (switched) {
      const detail = `Policy "${policy.name}" lets rows of other tenants be read as soon as a setting, which any statement can change, says so: ${condition}.`;
      return [{ ...told, level: "warn", detail, fix: null }];
    }
    if (verdict !== "undecided" || mentions(policy, tenantColumn)) return [];
    const detail = `Policy "${policy.name}" does not ask for ${tenantColumn}; who sees which rows is decided elsewhere: ${condition}.`;
    return [{ ...told, level: "warn", detail, fix: null }];
  });
}

function mentions({ using }: Policy, column: string): boolean {
  return nodesOf(using?.node).some((node) => "ColumnRef" in node && lastName(node.ColumnRef.fields) === column);
}
