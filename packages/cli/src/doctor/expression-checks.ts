import type { Inspection, RawFinding } from "./inspection.ts";

/** The checks that have to understand what a policy says, by number. Each has a page in `checks/`, as the others do. */
export const expressionChecks: ReadonlyMap<string, (inspection: Inspection) => Promise<readonly RawFinding[]>> =
  new Map();
