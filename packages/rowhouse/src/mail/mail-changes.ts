import { sql, type SqlBool } from "kysely";

/** True of an outbox's row that may be tried now. */
export const isDueMail = sql<SqlBool>`status = 'waiting' and next_attempt_at <= now()`;

/** Takes a row for one try: nobody else gets it before the lease is over. */
export function claimedMail(leaseSeconds: number) {
  return { attempts: sql<number>`attempts + 1`, nextAttemptAt: inSeconds(leaseSeconds) };
}

/** What was said is forgotten with the sending. */
export const sentMail = { status: "sent", sentAt: sql<Date>`now()`, lastError: null, data: "" } as const;

/** With `retryInSeconds` the row waits for its next try; with `null` it is given up. */
export function failedMail({
  error,
  retryInSeconds,
}: {
  readonly error: string;
  readonly retryInSeconds: number | null;
}) {
  const lastError = error.slice(0, 500);
  return retryInSeconds === null
    ? ({ lastError, status: "failed", data: "" } as const)
    : { lastError, nextAttemptAt: inSeconds(retryInSeconds) };
}

function inSeconds(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`;
}
