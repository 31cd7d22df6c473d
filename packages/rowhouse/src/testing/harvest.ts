import { draftRequest, type Drafting } from "./draft.ts";
import { exchange, isDone, type Answer, type SendRequest } from "./exchange.ts";
import type { Operation } from "./read-operations.ts";
import type { Side } from "./side.ts";

const mostRounds = 5;
/** Of each kind of thing that many are opened: enough to find one that has parts. */
const mostTurns = 3;

/**
 * Asks every GET as a party with its own values, lists before what they list, until nothing new is shown.
 * The side learns from the answers; the first success of each operation is returned, or else its last answer.
 */
export async function harvest(
  side: Side,
  as: "attacker" | "victim",
  { drafting, send }: { drafting: Drafting; send: SendRequest },
): Promise<Map<Operation, Answer>> {
  const reads = drafting.api.operations.filter(({ method }) => method === "GET");
  const asked = new Map<string, Answer>();
  const answers = new Map<Operation, Answer>();
  for (let round = 0, before = -1; round < mostRounds && side.known.count > before; round += 1) {
    before = side.known.count;
    for (const operation of reads) {
      for (let turn = 0; turn < mostTurns; turn += 1) {
        const draft = draftRequest(operation, { as, place: side, ids: side, content: side, turn }, drafting);
        if ("missing" in draft) break;
        const key = JSON.stringify([operation.key, ...draft.parameters]);
        if (asked.has(key)) continue;
        const answer = await exchange(send, draft, side.party.headers);
        asked.set(key, answer);
        const best = answers.get(operation);
        if (best === undefined || !isDone(best)) answers.set(operation, answer);
        if (isDone(answer)) side.known.learn(answer.json, operation.collection);
      }
    }
  }
  return answers;
}
