import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { findOpenings } from "./find-openings.ts";
import { narrow, quote } from "./policy-fixes.ts";

/** A policy that opens when no tenant is set. */
export async function rh0306(inspection: Inspection): Promise<readonly RawFinding[]> {
  const reading = { verbs: ["select", "update", "delete"], clause: "using", row: "foreign" } as const;
  const usual = new Set((await findOpenings(inspection, { ...reading, context: "own" })).map(({ policy }) => policy));
  const unset = await findOpenings(inspection, { ...reading, context: "unset" });
  const emptied = await findOpenings(inspection, { ...reading, context: "emptied" });
  const open = new Set(
    [...unset, ...emptied].flatMap(({ policy, verdict }) => (verdict === "undecided" ? [] : [policy])),
  );
  return [...open]
    .filter((policy) => !usual.has(policy))
    .map((policy) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `Policy "${policy.name}" shows rows of every tenant while no tenant is set: ${quote(policy, "using")}.`,
      fix: narrow(policy),
    }));
}
