import pg from "pg";
import { RowhouseError } from "../errors.ts";
import type { Context } from "./context.ts";
import type { PreparedStatements, Wire } from "./prepared-statements.ts";

export interface StatementResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: Record<string, unknown>[];
}

interface Message {
  readonly text?: string;
  readonly fields?: unknown;
}

/** What pg.Query does, as far as we build on it; its published types leave this out. */
interface DriverQuery {
  name: string | undefined;
  prepare(wire: Wire): void;
  handleDataRow(message: Message): void;
  handleCommandComplete(message: Message, wire: Wire): void;
  handleError(error: Error, wire: Wire): void;
}

const DriverQuery = pg.Query as unknown as new (
  config: { text: string; values: readonly unknown[]; queryMode: "extended" },
  values: undefined,
  callback: (error: Error | null, result: StatementResult) => void,
) => DriverQuery;

/** Runs before the user's statement, in the same message train. Values are text as Postgres reads it, or null. */
export interface Prelude {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

const contextText =
  "select pg_catalog.set_config('rowhouse.organization_id', $1, true)," +
  " pg_catalog.set_config('rowhouse.user_id', $2, true)," +
  " pg_catalog.set_config('statement_timeout', $3, true)";

/** Where a transaction starts, implicit or (with `begin`) explicit: what travels ahead of the statement. */
export interface Opening {
  readonly context: Context;
  readonly timeoutMs: number;
  readonly begin: string | undefined;
}

export interface ScopedStatementOptions {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly open: Opening | undefined;
  /** Statements without an answer of interest that travel before this one, in the same train. */
  readonly ahead?: readonly Prelude[] | undefined;
  /** The connection's named statements, or undefined where a pooler does not keep them. */
  readonly prepared: PreparedStatements | undefined;
  readonly settle: (error: Error | null, result: StatementResult) => void;
}

/**
 * One statement in one network round trip, together with the context that row security needs.
 *
 * Postgres runs every extended-protocol message up to a Sync in a single implicit transaction. So the settings are made
 * by a first Bind/Execute, the user's statement by a second, and a single Sync ends both: the settings are gone with
 * the transaction. With `begin` the first message is BEGIN and the transaction stays open.
 *
 * node-postgres hands the messages of the whole train to one query object; the answers to the prelude are passed over.
 */
export class ScopedStatement extends DriverQuery {
  readonly #preludes: readonly Prelude[];
  readonly #prepared: PreparedStatements | undefined;
  readonly #text: string;
  #pendingPreludes = 0;
  #isSubmitting = false;
  #tags: string[] = [];
  readonly #usedNames: string[] = [];

  constructor(options: ScopedStatementOptions) {
    super({ text: options.text, values: options.values, queryMode: "extended" }, undefined, options.settle);
    this.#preludes = [...(options.open ? planPreludes(options.open) : []), ...(options.ahead ?? [])];
    this.#prepared = options.prepared;
    this.#text = options.text;
  }

  /** The command tags the server answered the user's statement with, such as `SELECT 1` or `SET`. */
  get tags(): readonly string[] {
    return this.#tags;
  }

  submit(wire: Wire): null {
    wire.stream.cork?.();
    this.#isSubmitting = true;
    try {
      this.#pendingPreludes = this.#preludes.length;
      for (const prelude of this.#preludes) this.#send(wire, prelude);
      this.name = this.#nameFor(this.#text);
      this.prepare(wire);
    } finally {
      this.#isSubmitting = false;
      wire.stream.uncork?.();
    }
    return null;
  }

  override handleDataRow(message: Message): void {
    if (this.#pendingPreludes === 0) super.handleDataRow(message);
  }

  override handleCommandComplete(message: Message, wire: Wire): void {
    if (this.#pendingPreludes > 0) {
      this.#pendingPreludes -= 1;
      return;
    }
    if (message.text !== undefined) this.#tags.push(message.text);
    super.handleCommandComplete(message, wire);
  }

  override handleError(error: Error, wire: Wire): void {
    for (const name of this.#usedNames) this.#prepared?.doubt(name);
    super.handleError(this.#isSubmitting ? unsendable(error) : error, wire);
  }

  #send(wire: Wire, prelude: Prelude): void {
    const name = prelude.values.length > 0 ? this.#nameFor(prelude.text) : undefined;
    if (name === undefined) {
      wire.parse({ text: prelude.text });
    } else if (wire.parsedStatements[name] === undefined) {
      wire.parse({ text: prelude.text, name });
      wire.parsedStatements[name] = prelude.text;
    }
    wire.bind({ statement: name, values: prelude.values });
    wire.execute({});
  }

  #nameFor(text: string): string | undefined {
    const name = this.#prepared?.nameFor(text);
    if (name !== undefined) this.#usedNames.push(name);
    return name;
  }
}

/** While messages are being written nothing can fail but the values; the connection stays good. */
function unsendable(error: Error): RowhouseError {
  return new RowhouseError("INVALID_VALUE", "A value cannot be written for Postgres; JSON takes no cycles and no bigint.", { cause: error });
}

function planPreludes(open: Opening): Prelude[] {
  const { context, timeoutMs, begin } = open;
  const settings = { text: contextText, values: [context.organizationId, context.userId, String(timeoutMs)] };
  return begin === undefined ? [settings] : [{ text: begin, values: [] }, settings];
}
