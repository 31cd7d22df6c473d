import type { Reach } from "./attack.ts";
import type { Cell } from "./proof.ts";

/** What one run of an attempt came to. */
export type Outcome =
  | { readonly kind: "reached"; readonly what: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "refused"; readonly sqlstate: string; readonly message: string }
  | { readonly kind: "untried"; readonly reason: string }
  /** It cannot reach anything of anybody. */
  | { readonly kind: "absent"; readonly reason: string };

export interface Outcomes {
  /** A against B. */
  readonly attack: Outcome;
  /** A against its own row. */
  readonly own: Outcome;
  /** The same, given what A lacked for it; `null` when it lacked nothing. */
  readonly ownGranted: Granted | null;
  /** A against B with the protection taken away. */
  readonly unprotected: Outcome;
}

/** What A had to be given to reach its own row, and what it reached then. */
export interface Granted {
  readonly what: string;
  readonly outcome: Outcome;
}

type Judgement = Pick<Cell, "verdict" | "heldBy" | "detail" | "controls">;

/** What reached B has crossed, whatever the controls say. What did not is held only where both controls reached. */
export function judgeCell({ attack, own, ownGranted, unprotected }: Outcomes): Judgement {
  const mine = ownGranted?.outcome ?? own;
  const controls = { own: reachOf(mine), unprotected: reachOf(unprotected) };
  if (attack.kind === "reached") return { verdict: "crossed", heldBy: null, detail: attack.what, controls };
  const inconclusive = (detail: string): Judgement => ({ verdict: "inconclusive", heldBy: null, detail, controls });
  if (attack.kind === "untried") return inconclusive(attack.reason);
  if (attack.kind === "absent" && mine.kind === "absent" && unprotected.kind === "absent")
    return { verdict: "held", heldBy: "nothing to reach", detail: attack.reason, controls };
  if (isMishap(attack)) return inconclusive(tell(attack));
  if (controls.own === null) return inconclusive(`A did not reach its own row either: ${tell(mine)}`);
  if (controls.unprotected === null)
    return inconclusive(`Nothing was reached with the protection taken away either: ${tell(unprotected)}`);
  return { verdict: "held", heldBy: whatHeld(attack, ownGranted), detail: tell(attack), controls };
}

/** Locks, time limits, resources and broken connections: another time the same may pass. */
function isMishap(attack: Outcome): boolean {
  return attack.kind === "refused" && /^(08|40|53|54|55|57|58|XX)/.test(attack.sqlstate);
}

function whatHeld(attack: Outcome, granted: Granted | null): string {
  if (granted !== null) return granted.what;
  if (attack.kind !== "refused" || attack.sqlstate === "42501") return "row security";
  if (attack.sqlstate.startsWith("23")) return "constraint";
  return attack.sqlstate.startsWith("0A") ? "Postgres" : `error ${attack.sqlstate}`;
}

function reachOf(outcome: Outcome): Reach {
  return outcome.kind === "reached" ? outcome.what : null;
}

function tell(outcome: Outcome): string {
  if (outcome.kind === "reached") return outcome.what;
  if (outcome.kind === "nothing") return "Nothing was reached.";
  if (outcome.kind === "untried" || outcome.kind === "absent") return outcome.reason;
  return `Refused with ${outcome.sqlstate}: ${outcome.message}.`;
}
