import { isServerFault, toProblem, type Problem } from "rowhouse/http";

/** The problem to tell of; what is our fault goes to the log with its causes, what is the caller's does not. */
export function reportProblem(error: unknown): Problem {
  const problem = toProblem(error);
  if (isServerFault(problem)) console.error(error);
  return problem;
}
