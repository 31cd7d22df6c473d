/** Everything that can stop a local Postgres from being there. The set is closed: a `switch` over it is exhaustive. */
export type LocalPostgresErrorCode =
  "UNSUPPORTED_PLATFORM" | "FOLDER_NOT_WRITABLE" | "FOLDER_NOT_TRAVERSABLE" | "INIT_FAILED" | "START_FAILED" | "IN_USE";

/**
 * A local Postgres could not be started or stopped. `message` is one line that says what is wrong and what to do;
 * `serverLog` holds the last lines the server wrote, when it wrote any.
 */
export class LocalPostgresError extends Error {
  override readonly name = "LocalPostgresError";
  readonly code: LocalPostgresErrorCode;
  readonly serverLog: string;

  constructor(code: LocalPostgresErrorCode, message: string, details: { cause?: unknown; serverLog?: string } = {}) {
    const lastLines = details.serverLog ?? "";
    super(
      lastLines === "" ? message : `${message} The server said: ${lastLines.replaceAll(/\s*\n\s*/g, " | ")}`,
      "cause" in details ? { cause: details.cause } : undefined,
    );
    this.code = code;
    this.serverLog = lastLines;
  }
}
