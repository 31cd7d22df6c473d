import type { Guess } from "./guess-subject.ts";

/** The head of a report: what was taken for what, and how sure that is. Nothing where all was said by flags. */
export function renderGuesses(guesses: readonly Guess[]): readonly string[] {
  if (guesses.length === 0) return [];
  const lines = guesses.map(
    ({ what, value, confidence, reason }) => `  ${what}: ${value} (${Math.round(confidence * 100)} % sure: ${reason})`,
  );
  return ["Found in the database:", ...lines, ""];
}
