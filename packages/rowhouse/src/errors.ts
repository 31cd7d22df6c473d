/**
 * Every code that Rowhouse may give to its caller. The list is closed: a `switch` over it narrows.
 * Each has an entry in `docs/reference/errors.md`.
 */
export const errorCodes = [
  // who asks, and for what
  "UNAUTHENTICATED",
  "NOT_FOUND",
  "FORBIDDEN",
  "INVALID_INPUT",
  "METHOD_NOT_ALLOWED",
  "UNSUPPORTED_MEDIA_TYPE",
  "PAYLOAD_TOO_LARGE",
  "TOO_MANY_REQUESTS",
  "IDEMPOTENCY_KEY_REUSED",
  "SLUG_UNUSABLE",
  "LAST_OWNER",
  "MEMBER_LIMIT",
  "ORGANIZATION_SUSPENDED",
  "WRONG_ACCOUNT",
  "GONE",
  // misuse of a tenant scope
  "SCOPE_CLOSED",
  "TENANT_ALREADY_OPEN",
  "NO_TENANT",
  "NO_TRANSACTION",
  "UNKNOWN_TABLE",
  "READ_ONLY_TABLE",
  "ORGANIZATION_FIXED",
  "UNSCOPABLE_STATEMENT",
  "REASON_REQUIRED",
  // the database said no
  "CONFLICT",
  "MISSING_REFERENCE",
  "INVALID_VALUE",
  "ROW_SECURITY",
  "SERIALIZATION_FAILURE",
  "STATEMENT_TIMEOUT",
  "CANCELED",
  "POOL_EXHAUSTED",
  "DATABASE_UNREACHABLE",
  "CONNECTION_LOST",
  "TRANSACTION_LOST",
  "DATABASE_ERROR",
  // the file store said no
  "FILES_UNREACHABLE",
  // a client of the API
  "API_UNREACHABLE",
  // before anything is served
  "INVALID_SETTINGS",
  "UNSAFE_DATABASE",
  "MIGRATION_FAILED",
  "MIGRATION_CHANGED",
  "CONVERSION_REFUSED",
  "CONVERSION_BLOCKED",
  "PLAN_OUTDATED",
  // after the request
  "SEAL_BROKEN",
  "MAIL_NOT_SENT",
  "INTERNAL",
] as const;

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number];

/** What can be wrong with a field, for programs and for pages that speak another language than `message`. */
export const fieldErrorCodes = [
  "REQUIRED",
  "TOO_SHORT",
  "TOO_LONG",
  "TOO_SMALL",
  "TOO_LARGE",
  "TOO_FEW",
  "TOO_MANY",
  "NOT_A_CHOICE",
  "WRONG_FORM",
  "UNKNOWN_FIELD",
  // the form is right, and still it cannot be
  "TAKEN",
  "RESERVED",
  "IN_THE_PAST",
  "NOT_ALLOWED",
  "NOT_MATCHING",
  "NOT_READY",
  "OUTDATED",
] as const;

/** One of {@link fieldErrorCodes}. */
export type FieldErrorCode = (typeof fieldErrorCodes)[number];

/** A field of an input and what is wrong with it, in words for the person who typed it. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
  /** Stays when `message` changes. */
  readonly code: FieldErrorCode;
}

export interface ErrorDetails {
  readonly cause?: unknown;
  /** Five characters, when Postgres was the one to refuse. */
  readonly sqlstate?: string | undefined;
  /** The constraint that was broken, when Postgres named one. */
  readonly constraint?: string | undefined;
  /** For INVALID_INPUT and CONFLICT: what to show beside which field. */
  readonly fields?: readonly FieldError[];
  /** For TOO_MANY_REQUESTS: when to try again. */
  readonly retryAfterSeconds?: number | undefined;
}

/** Bundlers load this file more than once in a process; an error of one copy is an error of ours in every other. */
const brand = Symbol.for("rowhouse.RowhouseError");

/**
 * The one error class. `message` says what was received, what was expected and what to do; it never holds a value
 * of another organization. `code` is what a caller branches on.
 */
export class RowhouseError extends Error {
  override readonly name = "RowhouseError";
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly sqlstate: string | undefined;
  readonly constraint: string | undefined;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.sqlstate = details.sqlstate;
    this.constraint = details.constraint;
    this.fields = details.fields ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && brand in value;
  }
}

/** True for an error with this code (or, without one, for any error of ours). */
export function isRowhouseError(error: unknown, code?: ErrorCode): error is RowhouseError {
  return error instanceof RowhouseError && (code === undefined || error.code === code);
}
