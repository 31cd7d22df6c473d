import { EventEmitter } from "node:events";
import type { ResultFormat } from "../database/result-format.ts";
import type { StatementResult } from "../database/scoped-statement.ts";
import { unscopable } from "../tenant/scope-refusals.ts";
import { TenantCursor } from "./tenant-cursor.ts";
import type { TenantSession } from "./tenant-session.ts";

/** A cursor of pg-cursor, as far as a connection speaks to it. */
interface PgCursor {
  readonly text: string;
  readonly values?: readonly unknown[] | null;
  submit(connection: CursorConnection): void;
  handleRowDescription(message: { readonly fields: StatementResult["fields"] }): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handlePortalSuspended(): void;
  handleCommandComplete(message: { readonly text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: unknown): void;
}

/** Values as the server sends them: the cursor has parsers of its own. */
const unparsed: ResultFormat = {
  toColumns: (fields) => fields.map(({ name }) => ({ name, parse: (text) => text })),
  toRow: (_, values) => values,
};

/**
 * Runs a cursor of pg-cursor, or the one inside of a stream of pg-query-stream.
 *
 * @throws RowhouseError UNSCOPABLE_STATEMENT outside of a transaction, and for anything else that wants the connection
 */
export function submitCursor(submitted: object, session: TenantSession): void {
  const cursor = "cursor" in submitted ? submitted.cursor : submitted;
  if (!isCursor(cursor)) {
    throw unscopable("Only statements and cursors run in a tenant scope; whatever else takes the connection does not.");
  }
  if (!session.isInTransaction) {
    throw unscopable("A cursor lives in a transaction: send BEGIN on this client first, or use tenant.transaction.");
  }
  cursor.submit(new CursorConnection(cursor, session));
}

function isCursor(value: unknown): value is PgCursor {
  if (typeof value !== "object" || value === null || !("text" in value)) return false;
  return typeof value.text === "string" && "handlePortalSuspended" in value && "submit" in value;
}

/**
 * Stands where a cursor expects the connection. What it asks for is done by statements of the tenant, so that it reaches
 * nothing beyond the transaction and the scope.
 */
class CursorConnection extends EventEmitter {
  readonly #cursor: PgCursor;
  readonly #rows: TenantCursor;
  #work: Promise<void> = Promise.resolve();
  #hasFailed = false;

  constructor(cursor: PgCursor, session: TenantSession) {
    super();
    const { text, values } = cursor;
    this.#cursor = cursor;
    this.#rows = new TenantCursor(session, { text, values: values ?? [], format: unparsed });
  }

  parse(): void {
    // goes with describe
  }

  bind(): void {
    // as parse
  }

  flush(): void {
    // nothing is buffered
  }

  describe(): void {
    this.#then(async () => this.#cursor.handleRowDescription(await this.#rows.fetch(0)));
  }

  execute({ rows: size }: { readonly rows: number }): void {
    this.#then(async () => {
      const { rows } = await this.#rows.fetch(size === 0 ? "all" : size);
      for (const row of rows as unknown as (readonly (string | null)[])[]) this.#cursor.handleDataRow({ fields: row });
      if (size === 0 || rows.length < size) this.#cursor.handleCommandComplete({ text: `SELECT ${rows.length}` });
      else this.#cursor.handlePortalSuspended();
    });
  }

  close(): void {
    this.#then(() => this.#rows.close());
  }

  /** Also asked for by a cursor that was told of an error. */
  sync(): void {
    this.#work = this.#work.then(() => {
      this.#cursor.handleReadyForQuery();
      this.emit("readyForQuery");
    });
  }

  #then(work: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#hasFailed) return;
      await work().catch((error: unknown) => {
        this.#hasFailed = true;
        this.#cursor.handleError(error);
      });
    });
  }
}
