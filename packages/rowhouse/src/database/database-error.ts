import pg from "pg";
import { RowhouseError, type ErrorCode } from "../errors.ts";

const byState: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  RH001: ["LAST_OWNER", "The organization would be left without an active owner."],
  RH002: ["MEMBER_LIMIT", "Members and open invitations would outnumber the organization's seats."],
  RH003: [
    "SEAL_BROKEN",
    "The database refused the seal of the context; compare database.seal, migrate's keys and the clocks.",
  ],
  "23505": ["CONFLICT", "A row with the same unique value exists already."],
  "23P01": ["CONFLICT", "The row overlaps one that exists already."],
  "23503": ["MISSING_REFERENCE", "The row points at one that does not exist, or is still pointed at."],
  "23502": ["INVALID_VALUE", "A required value is missing."],
  "23514": ["INVALID_VALUE", "A value is outside of what its column allows."],
  "42501": ["ROW_SECURITY", "The database refused: the row, or the table, is not this organization's to touch."],
  "40001": ["SERIALIZATION_FAILURE", "The transaction ran into another one; nothing was changed, run it again."],
  "40P01": [
    "SERIALIZATION_FAILURE",
    "The transaction was chosen to end a deadlock; nothing was changed, run it again.",
  ],
  "55P03": ["SERIALIZATION_FAILURE", "Another transaction holds the lock; nothing was changed, run it again."],
  "53300": ["POOL_EXHAUSTED", "The database accepts no more connections; lower maxConnections or raise its limit."],
  "57P01": ["CONNECTION_LOST", "The database closed the connection; whether the statement took effect is unknown."],
  "57P02": ["CONNECTION_LOST", "The database crashed; whether the statement took effect is unknown."],
  "57P03": ["DATABASE_UNREACHABLE", "The database is starting up or shutting down."],
  "3D000": ["DATABASE_UNREACHABLE", "The database does not exist; check its name in the URL."],
  "28P01": ["DATABASE_UNREACHABLE", "The database refused the password; check the URL."],
  "28000": ["DATABASE_UNREACHABLE", "The database refused this user; check the URL."],
  "25P02": ["TRANSACTION_LOST", "An earlier statement of this transaction failed; nothing after it can run."],
};

const byClass: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  "08": ["CONNECTION_LOST", "The connection to the database broke; whether the statement took effect is unknown."],
  "22": ["INVALID_VALUE", "A value has the wrong form for its column."],
};

/** Turns whatever the driver threw into a coded error, once; the original stays as `cause`. */
export function toRowhouseError(error: unknown): RowhouseError {
  if (error instanceof RowhouseError) return error;
  if (!(error instanceof pg.DatabaseError)) {
    return new RowhouseError(
      "CONNECTION_LOST",
      "The connection to the database broke; whether the statement took effect is unknown.",
      { cause: error },
    );
  }
  if (error.code === countsDiffer.state && error.routine === countsDiffer.routine) {
    const message = "The statement was given more or fewer values than it has parameters ($1, $2 …).";
    return new RowhouseError("DATABASE_ERROR", message, { cause: error, sqlstate: error.code });
  }
  return stateError(error.code ?? "", { cause: error, constraint: error.constraint });
}

/** A pooler says the same state, and no routine, of a connection that is gone. */
const countsDiffer = { state: "08P01", routine: "exec_bind_message" };

/** The coded error of an SQLSTATE. */
export function stateError(
  state: string,
  details: { readonly cause: unknown; readonly constraint: string | undefined },
): RowhouseError {
  const [code, message] = byState[state] ??
    byClass[state.slice(0, 2)] ?? ["DATABASE_ERROR", `The database refused the statement (SQLSTATE ${state}).`];
  return new RowhouseError(code, message, { ...details, sqlstate: state });
}

/** The same for errors while connecting, where nothing was sent yet. */
export function toConnectError(error: unknown, poolWasFull: boolean): RowhouseError {
  if (error instanceof pg.DatabaseError) return toRowhouseError(error);
  if (poolWasFull) {
    return new RowhouseError(
      "POOL_EXHAUSTED",
      "Every connection is in use and none came free in time; raise database.maxConnections or shorten transactions.",
      { cause: error },
    );
  }
  return new RowhouseError("DATABASE_UNREACHABLE", "The database cannot be reached; check that it runs and the URL.", {
    cause: error,
  });
}
