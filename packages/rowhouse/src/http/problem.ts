import { RowhouseError, type ErrorCode, type FieldError } from "../errors.ts";

/** RFC 9457 problem details: the one shape of every refusal, from pages' actions and from the API alike. */
export interface Problem {
  /** A URI that names the kind of problem: `urn:rowhouse:problem:NOT_FOUND`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** For the person; never holds internals. */
  readonly detail: string;
  readonly code: ErrorCode;
  readonly errors?: readonly FieldError[];
}

interface Presentation {
  readonly status: number;
  readonly title: string;
  /** Stands in for the error's own message where that is for the team, not for the caller. */
  readonly detail?: string;
}

const internal: Presentation = {
  status: 500,
  title: "Something went wrong",
  detail: "The server could not finish this. Nothing was changed; try again, and tell us if it stays.",
};
const unavailable: Presentation = {
  status: 503,
  title: "Not available right now",
  detail: "The service is busy or restarting. Try again in a moment.",
};

const presentations: Readonly<Record<ErrorCode, Presentation>> = {
  UNAUTHENTICATED: { status: 401, title: "Not signed in" },
  NOT_FOUND: { status: 404, title: "Not found" },
  FORBIDDEN: { status: 403, title: "Not allowed", detail: "Your role in this organization does not allow this." },
  INVALID_INPUT: { status: 400, title: "Some of this cannot be used" },
  METHOD_NOT_ALLOWED: { status: 405, title: "Method not allowed" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "Unsupported format" },
  PAYLOAD_TOO_LARGE: { status: 413, title: "Too large" },
  TOO_MANY_REQUESTS: { status: 429, title: "Too many attempts" },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: "Idempotency key used before" },
  SLUG_UNUSABLE: { status: 400, title: "This name cannot be used" },
  LAST_OWNER: {
    status: 409,
    title: "The last owner stays",
    detail: "An organization needs an owner. Make somebody else one first.",
  },
  MEMBER_LIMIT: {
    status: 402,
    title: "Every seat is taken",
    detail: "Members and open invitations fill every seat. Remove one, or ask for more seats.",
  },
  ORGANIZATION_SUSPENDED: {
    status: 403,
    title: "Suspended",
    detail: "This organization is suspended. Contact support.",
  },
  WRONG_ACCOUNT: { status: 403, title: "Another account" },
  GONE: { status: 410, title: "No longer open" },
  CONFLICT: { status: 409, title: "Already taken" },
  MISSING_REFERENCE: { status: 404, title: "Not found", detail: "What this refers to does not exist." },
  INVALID_VALUE: {
    status: 400,
    title: "Some of this cannot be used",
    detail: "A value has the wrong form or is too long.",
  },
  ROW_SECURITY: { status: 404, title: "Not found", detail: "There is no such thing here." },
  SERIALIZATION_FAILURE: { status: 409, title: "Somebody else was faster", detail: "Nothing was changed. Try again." },
  STATEMENT_TIMEOUT: { ...unavailable, detail: "This took too long and was stopped. Nothing was changed." },
  CANCELED: { status: 499, title: "Cancelled", detail: "The request was given up. Nothing was changed." },
  POOL_EXHAUSTED: unavailable,
  DATABASE_UNREACHABLE: unavailable,
  FILES_UNREACHABLE: unavailable,
  API_UNREACHABLE: internal,
  CONNECTION_LOST: {
    ...unavailable,
    detail: "The connection broke. Check whether your change is there before you repeat it.",
  },
  UNSAFE_DATABASE: unavailable,
  SCOPE_CLOSED: internal,
  TENANT_ALREADY_OPEN: internal,
  NO_TENANT: internal,
  NO_TRANSACTION: internal,
  UNKNOWN_TABLE: internal,
  READ_ONLY_TABLE: internal,
  ORGANIZATION_FIXED: internal,
  UNSCOPABLE_STATEMENT: internal,
  REASON_REQUIRED: { status: 400, title: "A reason is needed" },
  TRANSACTION_LOST: internal,
  DATABASE_ERROR: internal,
  INVALID_SETTINGS: internal,
  SEAL_BROKEN: internal,
  MAIL_NOT_SENT: internal,
  MIGRATION_FAILED: internal,
  MIGRATION_CHANGED: internal,
  INTERNAL: internal,
};

/**
 * What may be told of an error. ORMs throw errors of their own with the coded one as the cause. Anything that is not ours is
 * INTERNAL, whatever it says.
 */
export function toProblem(error: unknown): Problem {
  const coded = error instanceof Error && !(error instanceof RowhouseError) ? error.cause : error;
  const known = coded instanceof RowhouseError ? coded : new RowhouseError("INTERNAL", "unexpected", { cause: error });
  const { status, title, detail } = presentations[known.code];
  return {
    type: `urn:rowhouse:problem:${known.code}`,
    title,
    status,
    detail: detail ?? known.message,
    code: known.code,
    ...(known.fields.length > 0 ? { errors: known.fields } : {}),
  };
}

/** What {@link toProblem} gave, perhaps in another language, as a response of its own media type. */
export function problemResponse(problem: Problem): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

/** True for what the team must hear of; the rest is the caller's own doing. */
export function isServerFault(problem: Problem): boolean {
  return problem.status >= 500;
}
