import { RowhouseError } from "rowhouse";
import { toProblem, type Problem } from "rowhouse/http";

/** What a caller is told of an error. What is no caller's doing goes to the log. */
export function describeRefusal(error: unknown): Problem {
  const problem = toProblem(refusalOfFramework(error) ?? error);
  if (problem.status >= 500) console.error(error);
  return problem;
}

/** What a framework refuses by itself, as a body that is no JSON or an address that cannot be read, has a status and no code. */
function refusalOfFramework(error: unknown): RowhouseError | undefined {
  if (!(error instanceof Error) || error instanceof RowhouseError) return undefined;
  const { status, statusCode = status } = error as { readonly status?: unknown; readonly statusCode?: unknown };
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return undefined;
  if (statusCode === 413) return new RowhouseError("PAYLOAD_TOO_LARGE", "The body is too long.", { cause: error });
  return new RowhouseError("INVALID_INPUT", "The request cannot be read.", { cause: error });
}
