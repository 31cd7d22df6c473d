import type { Answer } from "./exchange.ts";
import { isDone } from "./exchange.ts";
import type { Attack } from "./plan-attacks.ts";

/** What is wrong with an answer, in words. */
export interface Verdict {
  /** The border was crossed. */
  readonly crossings: readonly string[];
  /** The answer was accepted or redirected where only a refusal is right; an exemption may allow it. */
  readonly accepted?: string | undefined;
  /** What is there and what is not can be told apart. */
  readonly difference?: string | undefined;
  /** The refusal has another reason, so that it proves nothing. */
  readonly inconclusive?: string | undefined;
}

export interface Evidence {
  readonly attack: Attack;
  readonly answer: Answer;
  /** Answers to values that name nothing, two where the first differed in its text. */
  readonly twins: readonly Answer[];
  readonly changed: readonly string[];
  readonly secrets: ReadonlySet<string>;
}

const refusals = [401, 403, 404];

/** Says what an attack brought. */
export function judgeAttack({ attack, answer, twins, changed, secrets }: Evidence): Verdict {
  const told = toldSecret(answer, secrets);
  const crossings = [
    ...(changed.length === 0
      ? []
      : [`answered ${answer.status}, and the victim's data changed: ${changed.join(", ")}`]),
    ...(told === undefined ? [] : [`answered ${answer.status} with what is the victim's: ${shorten(told)}`]),
  ];
  if (attack.kind === "own") return { crossings };
  const [twin] = twins;
  const difference = differenceOf(answer, twins);
  if (attack.kind === "refer") {
    if (twin !== undefined && isDone(answer) && !isDone(twin)) {
      return {
        crossings,
        accepted: `answered ${answer.status} to the victim's id, ${twin.status} to one that names nothing`,
      };
    }
    return { crossings, difference: isDone(answer) ? undefined : difference };
  }
  if (answer.status < 400) return { crossings, accepted: `answered ${answer.status}; 404 or 403 is right` };
  if (difference !== undefined) return { crossings, difference };
  if (refusals.includes(answer.status)) return { crossings };
  return {
    crossings,
    inconclusive: `answered ${answer.status} instead of 404 or 403, so whose it is was perhaps never asked`,
  };
}

/** A text of the victim's in the answer that was not in the question. */
export function toldSecret({ text, request }: Answer, secrets: ReadonlySet<string>): string | undefined {
  for (const secret of secrets) {
    const escaped = JSON.stringify(secret).slice(1, -1);
    if ((text.includes(secret) || text.includes(escaped)) && !request.includes(secret)) return secret;
  }
  return undefined;
}

function differenceOf(answer: Answer, [first, second]: readonly Answer[]): string | undefined {
  if (first === undefined) return undefined;
  if (answer.status !== first.status) {
    return `answered ${answer.status} to what is the victim's, ${first.status} to what does not exist`;
  }
  if (!isOtherText(answer, first)) return undefined;
  // Answers that differ among themselves are no evidence.
  if (second === undefined || isOtherText(first, second)) return undefined;
  return `answered ${answer.status} with another text to what is the victim's than to what does not exist`;
}

/** True when the status is the same and the text is not. */
export function isOtherText(one: Answer, other: Answer): boolean {
  return one.status === other.status && steadyText(one) !== steadyText(other);
}

/** An answer without what differs between any two: the values that were sent, ids of requests, times. */
function steadyText({ body, request }: Answer): string {
  return request
    .split(/[^\w.@-]+/)
    .filter((word) => word.length > 2)
    .reduce((cut, word) => cut.replaceAll(word, "…"), body)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, "…")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "…")
    .replaceAll(/\d+/g, "…");
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
