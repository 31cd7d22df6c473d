import type { ContextSealer } from "../database/context-sealer.ts";
import { canaryTable } from "./canary.ts";
import { floorPolicy } from "./canonical-policy.ts";
import type { GuardFinding } from "./guard-finding.ts";
import { isSealedFloor } from "./plan-sealing.ts";
import type { TableFacts } from "./table-facts.ts";

/** How the process that starts seals its contexts. */
export interface GuardSeal {
  readonly sealer: ContextSealer;
  /** False while sealing is brought in or taken out. */
  readonly isRequired: boolean;
}

/** Whether the database believes sealed contexts alone, as the canary's table shows, and what the settings say against it. */
export function judgeSealing(
  tables: readonly TableFacts[],
  seal: GuardSeal | undefined,
): { readonly isSealed: boolean; readonly findings: readonly GuardFinding[] } {
  const canaries = tables.find(({ name }) => name === canaryTable);
  const floor = canaries?.policies.find(({ name }) => name === floorPolicy);
  const isSealed = floor !== undefined && isSealedFloor(floor);
  if (isSealed && seal === undefined) return { isSealed, findings: [noKey] };
  if (!isSealed && seal?.isRequired === true) return { isSealed, findings: [notAsked] };
  return { isSealed, findings: [] };
}

const noKey: GuardFinding = {
  object: "database.seal",
  problem: "is not set, and row security believes sealed contexts alone",
  fix: "set it to a key that migrate was given",
};

const notAsked: GuardFinding = {
  object: "database.seal",
  problem: "is set, and row security asks for no seal",
  fix: "run the migrations with seal.keys, or set isRequired to false until then",
};
