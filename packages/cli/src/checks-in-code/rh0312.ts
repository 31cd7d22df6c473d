import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { groupByTable } from "../doctor/judge-policies.ts";
import { addFloor } from "./policy-fixes.ts";

const reaching = { row: "foreign", context: "own" } as const;

/** A tenant table without a restrictive policy that keeps others out, whatever policy somebody adds. */
export async function rh0312(inspection: Inspection): Promise<readonly RawFinding[]> {
  const [policies, judge] = await Promise.all([inspection.policies(), inspection.judge()]);
  const tables = groupByTable(policies.filter(({ onTenantTable }) => onTenantTable));
  return [...tables.values()].flatMap((all) => {
    const floors = all.filter(({ permissive, command, toPublic }) => !permissive && command === "all" && toPublic);
    const [first] = all;
    if (first === undefined || floors.some(({ using }) => judge.alone(using, reaching) === "never")) return [];
    const detail =
      "No restrictive policy holds for everybody: the next permissive one opens the table, as policies add up.";
    return [{ level: null, object: first.table, about: "", detail, fix: addFloor(first) }];
  });
}
