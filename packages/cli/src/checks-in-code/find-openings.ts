import type { Inspection } from "../doctor/inspection.ts";
import { concerns, type Question, type Verb, type Verdict } from "../doctor/judge-policies.ts";
import type { Policy } from "../doctor/read-policies.ts";

/** A permissive policy of a tenant table that may let somebody through. */
export interface Opening {
  readonly policy: Policy;
  readonly verdict: Exclude<Verdict, "never" | "switched">;
  /** Nothing but a setting, which any statement can change, decides what is undecided. */
  readonly switched: boolean;
}

interface Reach extends Question {
  readonly verbs: readonly Verb[];
  readonly clause: "using" | "check";
}

/** The permissive policies that answer a question with anything but never, the restrictive ones having been asked as well. */
export async function findOpenings(inspection: Inspection, { verbs, clause, ...question }: Reach): Promise<Opening[]> {
  const [all, judge] = await Promise.all([inspection.tenantPolicies(), inspection.judge()]);
  return all.flatMap((policy) => {
    if (!policy.permissive) return [];
    const verdicts = verbs
      .filter((verb) => concerns(policy, verb))
      .map((verb) => judge.behindFloor(policy, clause, { verb, ...question }));
    const verdict = (["always", "sometimes", "switched", "undecided"] as const).find((each) => verdicts.includes(each));
    if (verdict === undefined) return [];
    const switched = verdict === "switched";
    return [{ policy, verdict: switched ? "undecided" : verdict, switched }];
  });
}
