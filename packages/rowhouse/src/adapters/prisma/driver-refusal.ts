import type { RowhouseError } from "../../errors.ts";

/** Carries a coded error through Prisma, which would take an error with a code for one of its own. */
export class DriverRefusal extends Error {
  override readonly name = "DriverRefusal";
  declare readonly cause: RowhouseError;

  constructor(cause: RowhouseError) {
    super(cause.message, { cause });
  }
}
