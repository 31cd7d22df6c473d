import { RowhouseError } from "../errors.ts";
import { toProblem, type Problem } from "./problem.ts";

/** Another site's page: the role, which FORBIDDEN otherwise speaks of, has no part in it. */
export function answerForeignOrigin(error: unknown): Response {
  return answerProblem({
    ...toProblem(error),
    detail: "This request comes from a page of another site and was refused.",
  });
}

export function answerUnknownRoute(): Response {
  return answerProblem(toProblem(new RowhouseError("NOT_FOUND", "There is nothing at this address.")));
}

export function answerWrongMethod(allowed: readonly string[]): Response {
  const methods = allowed.join(", ");
  const problem = toProblem(new RowhouseError("METHOD_NOT_ALLOWED", `This address answers to ${methods} only.`));
  return answerProblem(problem, { allow: methods });
}

export function answerProblem(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}
