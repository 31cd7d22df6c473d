import type pg from "pg";
import { RowhouseError } from "../errors.ts";
import { requestCancel } from "./cancel.ts";
import { toRowhouseError } from "./database-error.ts";
import type { PreparedStatements } from "./prepared-statements.ts";
import {
  ScopedStatement,
  type Opening,
  type Prelude,
  type Statement,
  type StatementResult,
} from "./scoped-statement.ts";
import { Session } from "./session.ts";
import { endsTransaction, leavesTraces } from "./session-traces.ts";
import type { Binding, Context } from "./context.ts";
import type { ContextSealer } from "./context-sealer.ts";
import { Turns, type Settle } from "./turns.ts";

const nothing: StatementResult = Object.freeze({ command: "", rowCount: null, rows: [], fields: [] });

/** SQLSTATEs of a named statement that went stale: it was refused before it ran, so sending it anew is safe. */
const staleStatementStates = new Set(["26000", "42P05", "0A000"]);
/** Those that say that the session has not the statements it should have: a pooler changed it for another. */
const strangeSessionStates = new Set(["26000", "42P05"]);
const ownPreparing = /^\s*(?:prepare|execute|deallocate)\b/i;

export interface PooledConnectionOptions {
  readonly timeoutMs: number;
  readonly prepare: boolean;
  readonly sealer?: ContextSealer | undefined;
  /** Told when a named statement is not there that was, or is there that was not: sessions are being mixed up. */
  readonly onStrangeSession: () => void;
}

interface Sending {
  readonly statement: Statement;
  readonly open: Opening | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * One connection between acquire and release. Outside of a transaction each statement is its own; in one, BEGIN and the
 * context travel with the first statement. A connection that may be dirty is closed at release, never returned.
 */
export class PooledConnection {
  readonly #client: pg.PoolClient;
  readonly #timeoutMs: number;
  readonly #sealer: ContextSealer | undefined;
  readonly #session: Session;
  readonly #onStrangeSession: () => void;
  #prepared: PreparedStatements | undefined;
  #transaction: "none" | "announced" | "open" | "over" = "none";
  #begin = "begin";
  /** BEGIN was sent and no end of it was confirmed. An error is heard before the status that follows it. */
  #isBegun = false;
  #dirty = false;
  #isReleased = false;
  readonly #turns = new Turns<StatementResult>();

  constructor(client: pg.PoolClient, options: PooledConnectionOptions) {
    this.#client = client;
    this.#sealer = options.sealer;
    this.#timeoutMs = options.timeoutMs;
    this.#session = Session.of(client);
    this.#prepared = options.prepare ? this.#session.prepared : undefined;
    this.#onStrangeSession = options.onStrangeSession;
  }

  /** Nothing is sent yet: BEGIN goes out with the first statement. */
  announceTransaction(begin: string): void {
    this.#begin = begin;
    this.#transaction = "announced";
  }

  /**
   * After the statements that were handed over before it.
   *
   * @throws RowhouseError the coded form of what Postgres or the connection answered; CANCELED when `signal` fired.
   */
  run(statement: Statement, { context, signal, assertOpen }: Binding): Promise<StatementResult> {
    return this.#turns.take((settle) => {
      this.#assertUsable(signal);
      const sending = { statement, open: this.#planOpening(context), signal };
      this.#send(sending, (error, result) => {
        if (error === null) return settle(null, result);
        const isStale = this.#isStale(error);
        if (!ownPreparing.test(statement.text)) this.#noticeStrangeSession(error);
        if (isStale) this.#send(sending, settle);
        else settle(error, result);
      });
    }, assertOpen);
  }

  /** Resolves when every statement that was handed over has its answer. */
  async drain(): Promise<void> {
    await this.#turns.take((settle) => settle(null, nothing));
  }

  /**
   * Commits. What is `ahead` runs as the transaction's last statements, in the same round trip.
   *
   * @throws RowhouseError also when a deferred constraint refuses, and CANCELED; the transaction is over either way
   */
  async commit({ context, signal }: Binding, ahead: readonly Prelude[] = []): Promise<void> {
    this.#assertUsable(signal);
    const open = ahead.length > 0 ? this.#planOpening(context) : undefined;
    const wasOpen = this.#transaction === "open";
    this.#transaction = "over";
    if (wasOpen) await this.#commitOpen(ahead, open);
  }

  /** Does not throw, so that the reason for it is what the caller sees: closing the connection rolls back as well. */
  async rollback(): Promise<void> {
    this.#transaction = "over";
    if (!this.#isBegun || this.#session.broken !== undefined) return;
    await this.#tell({ text: "rollback", values: [] }).then(
      () => (this.#isBegun = false),
      (error: Error) => (this.#session.broken ??= error),
    );
  }

  release(): void {
    // The client may be somebody else's by now, and its `release` is theirs.
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#transaction = "over";
    const clean = !this.#dirty && !this.#isBegun && this.#client.getTransactionStatus() === "I";
    this.#client.release(this.#session.broken ?? !clean);
  }

  async #commitOpen(ahead: readonly Prelude[], open: Opening | undefined): Promise<void> {
    const { command } = await this.#tell({ text: "commit", values: [], ahead }, open);
    this.#isBegun = false;
    // Postgres answers COMMIT of a failed transaction with ROLLBACK and no error.
    if (command === "ROLLBACK") {
      throw new RowhouseError(
        "TRANSACTION_LOST",
        "A statement of the transaction had failed, so nothing was committed.",
      );
    }
  }

  #tell(statement: Statement, open?: Opening): Promise<StatementResult> {
    return this.#turns.take((settle) => this.#send({ statement, open, signal: undefined }, settle));
  }

  #send({ statement, open, signal }: Sending, settle: Settle<StatementResult>): void {
    const scoped: ScopedStatement = new ScopedStatement({
      statement,
      open,
      prepared: this.#prepared,
      settle: (error, result) => {
        stopListening?.();
        this.#inspect(statement.text, scoped.tags);
        settle(error === null ? null : this.#explain(error, signal), result);
      },
    });
    const stopListening = this.#cancelOn(signal);
    this.#client.query(scoped as unknown as pg.Submittable);
  }

  #planOpening(context: Context): Opening | undefined {
    if (this.#transaction === "open") return undefined;
    const seal = this.#sealer?.seal(context);
    const begin = this.#transaction === "announced" ? this.#begin : undefined;
    if (begin !== undefined) this.#markBegun();
    return { context, seal, timeoutMs: this.#timeoutMs, begin };
  }

  #markBegun(): void {
    this.#transaction = "open";
    this.#isBegun = true;
  }

  #assertUsable(signal: AbortSignal | undefined): void {
    if (this.#session.broken !== undefined) throw this.#session.broken;
    if (this.#transaction === "over") throw tooLate();
    if (signal?.aborted === true) {
      throw new RowhouseError("CANCELED", "The caller gave up before the statement was sent.", {
        cause: signal.reason,
      });
    }
  }

  #inspect(text: string, tags: readonly string[]): void {
    this.#dirty ||= leavesTraces(text, tags);
    // Raw SQL can end the transaction it runs in; what follows would run without a tenant.
    if (this.#transaction !== "open" || !endsTransaction(text, tags)) return;
    this.#session.broken ??= new RowhouseError(
      "TRANSACTION_LOST",
      "A statement inside of the transaction ended it. Return from the function, or throw in it, to end a transaction.",
    );
  }

  #explain(error: unknown, signal: AbortSignal | undefined): RowhouseError {
    const coded = toRowhouseError(error);
    if (coded.code === "CONNECTION_LOST") {
      // Nobody waited for it, and the connection it was under way on was closed.
      if (this.#isReleased) return tooLate(error);
      this.#session.broken ??= coded;
    }
    if (coded.sqlstate !== "57014") return coded;
    const details = { cause: error, sqlstate: coded.sqlstate };
    return signal?.aborted === true
      ? new RowhouseError("CANCELED", "The caller gave up; the statement was cancelled and had no effect.", details)
      : new RowhouseError(
          "STATEMENT_TIMEOUT",
          `The statement ran longer than ${this.#timeoutMs} ms and was cancelled; it had no effect.`,
          details,
        );
  }

  #noticeStrangeSession(error: unknown): void {
    if (this.#prepared === undefined || !strangeSessionStates.has((error as RowhouseError).sqlstate ?? "")) return;
    this.#prepared = undefined;
    this.#onStrangeSession();
  }

  #isStale(error: unknown): boolean {
    const state = error instanceof RowhouseError ? error.sqlstate : undefined;
    return this.#transaction === "none" && this.#prepared !== undefined && staleStatementStates.has(state ?? "");
  }

  /** A cancelled connection is closed afterwards: a late cancel must not hit the next user's statement. */
  #cancelOn(signal: AbortSignal | undefined): (() => void) | undefined {
    if (signal === undefined) return undefined;
    const cancel = (): void => {
      this.#dirty = true;
      requestCancel(this.#client, (error) => (this.#session.broken ??= toRowhouseError(error)));
    };
    signal.addEventListener("abort", cancel, { once: true });
    return () => signal.removeEventListener("abort", cancel);
  }
}

function tooLate(cause?: unknown): RowhouseError {
  const message = "A statement was not over when its transaction or scope ended. Await everything inside of it.";
  return new RowhouseError("SCOPE_CLOSED", message, { cause });
}
