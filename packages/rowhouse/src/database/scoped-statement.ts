import { RowhouseError } from "../errors.ts";
import type { Context } from "./context.ts";
import { MessageTrain, type TrainStatement } from "./message-train.ts";
import type { PreparedStatement, PreparedStatements } from "./prepared-statements.ts";
import type { ResultFormat } from "./result-format.ts";
import { toResultColumns, toRow, type FieldDescription, type ResultColumn } from "./result-columns.ts";

export interface StatementResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: Record<string, unknown>[];
  /** What the server said of the columns. */
  readonly fields: readonly FieldDescription[];
}

/** Runs before the user's statement, in the same message train. Values are text as Postgres reads it, or null. */
export interface Prelude {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Statements without an answer of interest that travel before this one, in the same train. */
  readonly ahead?: readonly Prelude[] | undefined;
  readonly format?: ResultFormat | undefined;
  /** Whether the connection may prepare it, by its text. Default true. */
  readonly isNamed?: boolean | undefined;
}

/** Where a transaction starts, implicit or (with `begin`) explicit: what travels ahead of the statement. */
export interface Opening {
  readonly context: Context;
  /** Undefined where contexts are not sealed. */
  readonly seal: string | undefined;
  readonly timeoutMs: number;
  readonly begin: string | undefined;
}

export interface ScopedStatementOptions {
  readonly statement: Statement;
  readonly open: Opening | undefined;
  /** The connection's named statements, or undefined where a pooler does not keep them. */
  readonly prepared: PreparedStatements | undefined;
  readonly settle: (error: Error | null, result: StatementResult) => void;
}

/** The part of node-postgres's connection that a statement speaks to. */
interface Wire {
  readonly stream: { readonly writable: boolean; write(bytes: Buffer): void };
  sendCopyFail(reason: string): void;
}

const none: readonly Prelude[] = [];

/** What the protocol can count in one statement. */
const mostValues = 65_535;

const settingsText =
  "pg_catalog.set_config('rowhouse.organization_id', $1, true)" +
  " || pg_catalog.set_config('rowhouse.user_id', $2, true)" +
  " || pg_catalog.set_config('statement_timeout', $3, true)";

// The condition is never true, so the settings are made and no row is sent back.
const contextText = `select where (${settingsText}) is null`;
const sealedContextText = `select where (${settingsText} || pg_catalog.set_config('rowhouse.seal', $4, true)) is null`;

/**
 * One statement in one network round trip, together with the context that row security needs.
 *
 * Postgres runs every extended-protocol message up to a Sync in a single implicit transaction. So the settings are made
 * by a first Bind/Execute, the user's statement by a second, and a single Sync ends both: the settings are gone with
 * the transaction. With `begin` the first message is BEGIN and the transaction stays open.
 *
 * node-postgres takes it as a "submittable": it calls `submit` when the connection is free and hands every answer up to
 * ReadyForQuery to the handlers. The answers to the preludes are passed over.
 */
export class ScopedStatement {
  /** Wrapped by node-postgres, which ends its own time limit when it is called. */
  callback: (error: Error | null, result: StatementResult) => void;
  readonly #read: TrainStatement;
  readonly #preludes: readonly Prelude[];
  readonly #train: MessageTrain;
  readonly #format: ResultFormat | undefined;
  #prepared: PreparedStatement | undefined;
  #fields: readonly FieldDescription[] = [];
  #columns: readonly ResultColumn[] = [];
  #pendingPreludes: number;
  #failure: Error | undefined;
  #isSettled = false;
  readonly #tags: string[] = [];
  readonly #rows: unknown[] = [];

  constructor(options: ScopedStatementOptions) {
    const { statement, open, prepared, settle } = options;
    const { ahead = none } = statement;
    assertSendable(statement);
    this.callback = settle;
    this.#format = statement.format;
    this.#read = statement;
    this.#preludes = open === undefined ? ahead : [...planPreludes(open), ...ahead];
    this.#pendingPreludes = this.#preludes.length;
    this.#train = new MessageTrain(prepared);
  }

  /** The command tags the server answered the user's statement with, such as `SELECT 1` or `SET`. */
  get tags(): readonly string[] {
    return this.#tags;
  }

  /** An error that is returned was met before anything was sent; the connection stays good. */
  submit(wire: Wire): Error | null {
    try {
      for (const prelude of this.#preludes) this.#train.addSilent(prelude);
      this.#prepared = this.#train.addRead(this.#read);
      if (this.#prepared?.fields !== undefined) this.#recall(this.#prepared, this.#prepared.fields);
      const bytes = this.#train.finish();
      if (wire.stream.writable) wire.stream.write(bytes);
      return null;
    } catch (error) {
      return unsendable(error);
    }
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDescription[] }): void {
    this.#fields = fields;
    this.#columns = this.#toColumns(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#pendingPreludes > 0 || this.#failure !== undefined) return;
    try {
      this.#rows.push(
        this.#format === undefined ? toRow(this.#columns, fields) : this.#format.toRow(this.#columns, fields),
      );
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error)); // of a type parser
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    if (this.#pendingPreludes > 0) {
      this.#pendingPreludes -= 1;
      return;
    }
    this.#tags.push(text);
    if (this.#prepared?.isParsed !== true) return;
    this.#prepared.fields = this.#fields;
    if (this.#format === undefined) this.#prepared.columns = this.#columns;
  }

  handleEmptyQuery(): void {
    this.#tags.push("");
  }

  handlePortalSuspended(): void {
    // every Execute asks for all rows
  }

  handleCopyInResponse(wire: Wire): void {
    wire.sendCopyFail("COPY is not offered here");
  }

  handleCopyData(): void {
    // what COPY sends is not read; its tag closes the connection afterwards
  }

  handleError(error: Error): void {
    this.#train.doubt();
    this.#settle(error);
  }

  handleReadyForQuery(): void {
    this.#settle(this.#failure ?? null);
  }

  #settle(error: Error | null): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const { command, rowCount } = readTag(this.#tags[0] ?? "");
    // With a format of its own the caller knows what a row is.
    this.callback(error, { command, rowCount, rows: this.#rows as Record<string, unknown>[], fields: this.#fields });
  }

  #recall(prepared: PreparedStatement, fields: readonly FieldDescription[]): void {
    this.#fields = fields;
    this.#columns =
      this.#format === undefined ? (prepared.columns ??= toResultColumns(fields)) : this.#toColumns(fields);
  }

  #toColumns(fields: readonly FieldDescription[]): readonly ResultColumn[] {
    return this.#format === undefined ? toResultColumns(fields) : this.#format.toColumns(fields);
  }
}

function assertSendable({ values }: Statement): void {
  if (values.length <= mostValues) return;
  throw new RowhouseError(
    "INVALID_VALUE",
    `The statement has ${values.length} values; Postgres takes ${mostValues}. Send it in parts.`,
  );
}

/** `INSERT 0 1`, `SELECT 20`, `BEGIN`: split at the first blank and the last, since every statement pays for it. */
function readTag(tag: string): { command: string; rowCount: number | null } {
  const blank = tag.indexOf(" ");
  if (blank === -1) return { command: tag, rowCount: null };
  const count = Number(tag.slice(tag.lastIndexOf(" ") + 1));
  return { command: tag.slice(0, blank), rowCount: Number.isInteger(count) ? count : null };
}

/** While messages are made nothing can fail but the values. */
function unsendable(cause: unknown): RowhouseError {
  const message = "A value cannot be written for Postgres; JSON takes no cycles and no bigint.";
  return new RowhouseError("INVALID_VALUE", message, { cause });
}

function planPreludes({ context, seal, timeoutMs, begin }: Opening): Prelude[] {
  const values = [context.organizationId, context.userId, String(timeoutMs)];
  const settings =
    seal === undefined ? { text: contextText, values } : { text: sealedContextText, values: [...values, seal] };
  return begin === undefined ? [settings] : [{ text: begin, values: [] }, settings];
}
