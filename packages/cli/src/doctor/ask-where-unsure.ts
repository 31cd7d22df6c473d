import { isRowhouseError } from "rowhouse";
import type { Ask } from "../ask-at-terminal.ts";
import { OpenQuestion, subjectFlags, type GivenSubject } from "./find-subject.ts";
import type { Guess } from "./guess-subject.ts";

/** Whose words count, and who can be asked for more. */
export interface Informant {
  /** What flags said. It is never asked for again. */
  readonly given: GivenSubject;
  /** `undefined` where nobody sits at a terminal. */
  readonly ask: Ask | undefined;
}

const mostListed = 10;

/**
 * Looks, and where that stops at an {@link OpenQuestion} asks the person and looks again with the answer. `look` begins anew each
 * time, so that no transaction stays open while somebody thinks.
 *
 * @throws what `look` throws, where nobody can be asked, the person leaves, or the question is not theirs to answer
 * @example
 * await askWhereUnsure({ given: flags, ask }, (given) => withInspection(url, (client) => findSubject(client, given)));
 */
export async function askWhereUnsure<Found>(
  { given, ask }: Informant,
  look: (given: GivenSubject) => Promise<Found>,
): Promise<Found> {
  let said = given;
  const guesses = new Map<keyof GivenSubject, Guess>();
  for (;;) {
    try {
      return await look(said);
    } catch (error) {
      const question = questionOf(error);
      if (ask === undefined || question === undefined || given[question.part] !== undefined) throw error;
      const { part, guess = guesses.get(part) } = question;
      if (guess === undefined) throw error;
      guesses.set(part, guess);
      const problem = question.guess === undefined && isRowhouseError(error) ? error.message : describe(part, guess);
      const answer = await askFor(ask, problem, guess.value);
      if (answer === undefined) throw error;
      said = { ...said, [part]: part === "appRoles" ? answer.split(/[,\s]+/) : answer };
    }
  }
}

function questionOf(error: unknown): OpenQuestion | undefined {
  return isRowhouseError(error) && error.cause instanceof OpenQuestion ? error.cause : undefined;
}

/** Until there is an answer: an empty line takes what is offered, where something is. */
async function askFor(ask: Ask, problem: string, offered: string): Promise<string | undefined> {
  const prompt = offered === "" ? "> " : `[${offered}] > `;
  let text = `${problem}\n${prompt}`;
  for (;;) {
    const line = await ask(text);
    const answer = line === undefined ? undefined : line.trim() || offered;
    if (answer !== "") return answer;
    text = prompt;
  }
}

function describe(part: keyof GivenSubject, { what, reason, candidates }: Guess): string {
  const more = candidates.length > mostListed ? `, and ${candidates.length - mostListed} more` : "";
  return [
    `Which is ${what}? (${subjectFlags[part]} says it without a question.)`,
    reason,
    ...(candidates.length > 0 ? [`It may be: ${candidates.slice(0, mostListed).join(", ")}${more}.`] : []),
  ].join("\n");
}
