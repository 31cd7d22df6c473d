import type { Statement, StatementResult } from "../database/scoped-statement.ts";
import { declareStream } from "../database/session-traces.ts";
import type { TenantSession } from "./tenant-session.ts";

let cursors = 0;

/** A cursor of Postgres's in the transaction that is open in a session. It ends with that at the latest. */
export class TenantCursor {
  readonly #session: TenantSession;
  readonly #statement: Statement;
  readonly #cursor: { readonly name: string; readonly text: string };
  #isDeclared = false;

  constructor(session: TenantSession, statement: Statement) {
    this.#session = session;
    this.#statement = statement;
    this.#cursor = declareStream((cursors += 1), statement.text);
  }

  /** The next rows, fewer than `size` at the end; with 0 none, and what the columns are. */
  async fetch(size: number | "all"): Promise<StatementResult> {
    const { values, format } = this.#statement;
    // Neither is prepared: the next cursor of this name has other columns.
    if (!this.#isDeclared) await this.#session.run({ text: this.#cursor.text, values, isNamed: false });
    this.#isDeclared = true;
    const text = `fetch forward ${size} from ${this.#cursor.name}`;
    return this.#session.run({ text, values: [], format, isNamed: false });
  }

  async close(): Promise<void> {
    if (!this.#isDeclared) return;
    this.#isDeclared = false;
    await this.#session.run({ text: `close ${this.#cursor.name}`, values: [], isNamed: false });
  }
}

const query = /^\s*(?:select|with|values|table)\b/i;

/**
 * The rows of a query, some at a time, in the transaction that is open or in one of its own. What is no query, as INSERT
 * with RETURNING, runs as a whole.
 */
export async function* streamRows(
  session: TenantSession,
  statement: Statement,
  size: number,
): AsyncGenerator<StatementResult, void> {
  if (!query.test(statement.text)) {
    yield await session.run(statement);
    return;
  }
  const hasOwn = !session.isInTransaction;
  if (hasOwn) await session.begin();
  const cursor = new TenantCursor(session, statement);
  let isWhole = false;
  try {
    for (;;) {
      const result = await cursor.fetch(size);
      isWhole = result.rows.length < size;
      if (result.rows.length > 0) yield result;
      if (isWhole) break;
    }
    await cursor.close();
    if (hasOwn) await session.commit();
  } catch (error) {
    if (hasOwn && session.isInTransaction) await session.rollback();
    throw error;
  } finally {
    // Whoever reads has left the loop.
    if (!isWhole && hasOwn && session.isInTransaction) await session.rollback();
    else if (!isWhole && !hasOwn) await cursor.close();
  }
}
