import { stateError } from "../../database/database-error.ts";
import { isArguments } from "./arguments.ts";
import { DriverRefusal } from "./driver-refusal.ts";

/**
 * What a caller gets for an error that came out of Prisma. Prisma's own errors stay, with the coded one as their cause, so
 * that code which asks for P2002 goes on working.
 */
export function toCallerError(error: unknown): unknown {
  if (error instanceof DriverRefusal) return error.cause;
  if (!(error instanceof Error) || error.cause !== undefined || !("meta" in error) || !isArguments(error.meta)) {
    return error;
  }
  const driverError = error.meta["driverAdapterError"];
  const mapped = driverError instanceof Error ? driverError.cause : undefined;
  if (!isArguments(mapped) || typeof mapped["originalCode"] !== "string") return error;
  const constraint = isArguments(mapped["constraint"]) ? mapped["constraint"]["index"] : undefined;
  error.cause = stateError(mapped["originalCode"], {
    cause: driverError,
    constraint: typeof constraint === "string" ? constraint : undefined,
  });
  return error;
}
