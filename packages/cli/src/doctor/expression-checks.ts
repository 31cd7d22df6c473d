import { findContextSwitches } from "./find-context-switches.ts";
import { findNotifiedRows } from "./find-notified-rows.ts";
import type { Inspection, RawFinding } from "./inspection.ts";

/** The checks that have to understand what a policy or a function says, by number. Each has a page in `checks/`, as the others do. */
export const expressionChecks: ReadonlyMap<string, (inspection: Inspection) => Promise<readonly RawFinding[]>> =
  new Map([
    ["RH0601", findContextSwitches],
    ["RH0606", findNotifiedRows],
  ]);
