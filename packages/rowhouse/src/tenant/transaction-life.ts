import type { Binding } from "../database/context.ts";
import { RowhouseError } from "../errors.ts";
import type { AuditEvent } from "./audit-event.ts";

/** What belongs to one transaction. Refuses statements that come after its end. */
export class TransactionLife {
  isOver = false;
  /** How many savepoints are open. Those of adapters count as well. */
  depth = 0;
  /** Audit events that go out with the commit. */
  readonly events: AuditEvent[] = [];

  /** @throws RowhouseError SCOPE_CLOSED */
  assertOpen(): void {
    if (!this.isOver) return;
    throw new RowhouseError(
      "SCOPE_CLOSED",
      "The handle of a transaction was used after it had ended. Await everything inside of it.",
    );
  }

  /** For statements that end with it. */
  bind(binding: Binding): Binding {
    const assertOpen = (): void => {
      binding.assertOpen();
      this.assertOpen();
    };
    return { ...binding, assertOpen };
  }

  /** @throws RowhouseError TRANSACTION_LOST when a transaction inside of this one was begun and not ended */
  assertWhole(): void {
    if (this.depth === 0) return;
    throw new RowhouseError(
      "TRANSACTION_LOST",
      "A transaction inside of this one was begun and neither committed nor rolled back, so nothing was committed.",
    );
  }
}
