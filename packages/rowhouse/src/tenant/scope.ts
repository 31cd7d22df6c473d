import { RowhouseError } from "../errors.ts";

/** The life of one tenant scope. Handles ask it before each statement. */
export class Scope {
  readonly organizationId: string;
  readonly userId: string;
  #open = true;

  constructor(organizationId: string, userId: string) {
    this.organizationId = organizationId;
    this.userId = userId;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  close(): void {
    this.#open = false;
  }

  /** @throws RowhouseError SCOPE_CLOSED */
  assertOpen(): void {
    if (this.#open) return;
    throw new RowhouseError(
      "SCOPE_CLOSED",
      "The tenant handle was used after its scope had ended. Await everything inside of the scope's function.",
    );
  }
}
