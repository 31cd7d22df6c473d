import { stateError } from "../../database/database-error.ts";
import { isArguments } from "./arguments.ts";

/**
 * Gives an error of Prisma's the coded one as its cause. Prisma's own stays what is thrown, so that code which asks for
 * P2002 goes on working.
 */
export function addCodedCause(error: unknown): void {
  if (!(error instanceof Error) || error.cause !== undefined || !("meta" in error) || !isArguments(error.meta)) return;
  const driverError = error.meta["driverAdapterError"];
  const mapped = driverError instanceof Error ? driverError.cause : undefined;
  if (!isArguments(mapped) || typeof mapped["originalCode"] !== "string") return;
  const constraint = isArguments(mapped["constraint"]) ? mapped["constraint"]["index"] : undefined;
  error.cause = stateError(mapped["originalCode"], {
    cause: driverError,
    constraint: typeof constraint === "string" ? constraint : undefined,
  });
}
