import { stateError } from "../../database/database-error.ts";
import { RowhouseError } from "../../errors.ts";
import { isArguments } from "./arguments.ts";
import { DriverRefusal } from "./driver-refusal.ts";

/** Prisma's codes for a row that was to be changed, connected or reached through a relation, and is not there. */
const missingRow = new Set<unknown>(["P2015", "P2017", "P2018", "P2025"]);

/**
 * What a caller gets for an error that came out of Prisma. Prisma's own errors stay, with the coded one as their cause, so
 * that code which asks for P2002 goes on working.
 */
export function toCallerError(error: unknown): unknown {
  if (error instanceof DriverRefusal) return error.cause;
  // Of a transaction's begin and end Prisma gives the driver's error as it is, which has no code that anybody could ask for.
  if (error instanceof Error && error.name === "DriverAdapterError") return codedDriverError(error) ?? error;
  if (error instanceof Error && error.cause === undefined) error.cause = codedCause(error);
  return error;
}

function codedCause(error: Error): RowhouseError | undefined {
  if ("code" in error && missingRow.has(error.code)) {
    return new RowhouseError("NOT_FOUND", "A row that this needs is not there, or not this organization's.");
  }
  const driverError = "meta" in error && isArguments(error.meta) ? error.meta["driverAdapterError"] : undefined;
  return driverError instanceof Error ? codedDriverError(driverError) : undefined;
}

function codedDriverError(driverError: Error): RowhouseError | undefined {
  const mapped = driverError.cause;
  if (!isArguments(mapped) || typeof mapped["originalCode"] !== "string") return undefined;
  const constraint = isArguments(mapped["constraint"]) ? mapped["constraint"]["index"] : undefined;
  return stateError(mapped["originalCode"], {
    cause: driverError,
    constraint: typeof constraint === "string" ? constraint : undefined,
  });
}
