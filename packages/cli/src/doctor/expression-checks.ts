import { findCallsPerRow } from "./find-calls-per-row.ts";
import { findStrayRows } from "./find-stray-rows.ts";
import type { Inspection, RawFinding } from "./inspection.ts";

/** The checks that have to understand what a policy says, or to read rows, by number. Each has a page in `checks/`, as the others do. */
export const expressionChecks: ReadonlyMap<string, (inspection: Inspection) => Promise<readonly RawFinding[]>> =
  new Map([
    ["RH0508", findStrayRows],
    ["RH0703", findCallsPerRow],
  ]);
