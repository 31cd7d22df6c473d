import { createInterface } from "node:readline/promises";

/** Puts a question to a person and gives back the line they answered with; `undefined` when they left without one. */
export type Ask = (question: string) => Promise<string | undefined>;

/**
 * The person at the terminal, if there is one who sees the question and can answer. It is written to the error output: what a command
 * prints holds nothing but its report.
 */
export function findPersonAtTerminal(): Ask | undefined {
  const { stdin, stdout, stderr } = process;
  return stdin.isTTY && stdout.isTTY && stderr.isTTY ? askAtTerminal : undefined;
}

/** Ctrl-C and Ctrl-D close the terminal's line; newer Nodes tell `question` of it, older ones leave it without an end. */
async function askAtTerminal(question: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // What is redrawn while somebody types is the last line only.
  const prompt = question.lastIndexOf("\n") + 1;
  const left = new Promise<undefined>((resolve) => terminal.once("close", () => resolve(undefined)));
  try {
    process.stderr.write(question.slice(0, prompt));
    const answer = await Promise.race([terminal.question(question.slice(prompt)).catch(unlessAborted), left]);
    if (answer === undefined) process.stderr.write("\n");
    return answer;
  } finally {
    terminal.close();
  }
}

function unlessAborted(error: unknown): undefined {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}
