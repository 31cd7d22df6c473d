import { errorCodes, RowhouseError, type ErrorCode, type FieldError } from "../errors.ts";

/**
 * Throws the problem that an answer tells of.
 *
 * @throws RowhouseError with the API's own code, or API_UNREACHABLE for an answer that is not the API's
 */
export async function assertDone(response: Response): Promise<void> {
  if (response.ok) return;
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") === true;
  const problem = isProblem ? parseJson(await response.text()) : undefined;
  if (!isProblem) await response.body?.cancel();
  if (!isProblemBody(problem)) {
    throw new RowhouseError(
      "API_UNREACHABLE",
      `${response.url} answered ${response.status}, and not as the API does. Check \`baseUrl\` and what stands before it.`,
    );
  }
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  throw new RowhouseError(problem.code, problem.detail, {
    fields: problem.errors ?? [],
    retryAfterSeconds: Number.isFinite(wait) ? wait : undefined,
  });
}

/** What is no JSON is no problem of ours, and told of as that. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** For what `fetch` rejects with: the caller's own signal, or a network. */
export function unreachable(request: Request, cause: unknown): RowhouseError {
  if (request.signal.aborted) return new RowhouseError("CANCELED", "The call was given up.", { cause });
  const message = `There is no answer from ${request.url}. Whether it took effect is unknown; send a POST again with the same idempotencyKey.`;
  return new RowhouseError("API_UNREACHABLE", message, { cause });
}

interface ProblemBody {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

function isProblemBody(value: unknown): value is ProblemBody {
  if (typeof value !== "object" || value === null || !("code" in value) || !("detail" in value)) return false;
  return (errorCodes as readonly unknown[]).includes(value.code) && typeof value.detail === "string";
}
