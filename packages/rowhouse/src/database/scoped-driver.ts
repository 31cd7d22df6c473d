import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import { RowhouseError } from "../errors.ts";
import type { Binding } from "./context.ts";
import type { Pool } from "./pool.ts";
import type { PooledConnection } from "./pooled-connection.ts";
import { refuseTransactionWord } from "./transaction-words.ts";
import type { Prelude, StatementResult } from "./scoped-statement.ts";

const commitRiders = new WeakMap<CompiledQuery, Prelude>();

/**
 * A statement that is not sent when it is executed but together with the COMMIT of its transaction: it costs no round
 * trip, and what it locks is locked for the shortest time. It has no result; when it fails, so does the commit.
 */
export function rideOnCommit(rider: Prelude): CompiledQuery {
  const query = CompiledQuery.raw(rider.text, [...rider.values]);
  commitRiders.set(query, rider);
  return query;
}

/** Kysely's connections over {@link Pool}: every statement carries the context of its binding. */
export class ScopedDriver implements Driver {
  readonly #pool: Pool;
  readonly #binding: Binding;

  constructor(pool: Pool, binding: Binding) {
    this.#pool = pool;
    this.#binding = binding;
  }

  async init(): Promise<void> {
    // the pool is there already
  }

  async acquireConnection(): Promise<ScopedConnection> {
    this.#binding.assertOpen();
    return new ScopedConnection(await this.#pool.acquire(), this.#binding);
  }

  async releaseConnection(connection: ScopedConnection): Promise<void> {
    connection.pooled.release();
  }

  async beginTransaction(connection: ScopedConnection, settings: TransactionSettings): Promise<void> {
    const isolation = settings.isolationLevel === undefined ? "" : ` isolation level ${settings.isolationLevel}`;
    const access = settings.accessMode === undefined ? "" : ` ${settings.accessMode}`;
    connection.pooled.announceTransaction(`begin${isolation}${access}`);
  }

  async commitTransaction(connection: ScopedConnection): Promise<void> {
    await connection.pooled.commit(this.#binding, connection.beforeCommit);
  }

  async rollbackTransaction(connection: ScopedConnection): Promise<void> {
    await connection.pooled.rollback();
  }

  async destroy(): Promise<void> {
    throw new RowhouseError("SCOPE_CLOSED", "A handle does not own its connections; close the tenancy instead.");
  }
}

export class ScopedConnection implements DatabaseConnection {
  readonly pooled: PooledConnection;
  readonly beforeCommit: Prelude[] = [];
  readonly #binding: Binding;

  constructor(pooled: PooledConnection, binding: Binding) {
    this.pooled = pooled;
    this.#binding = binding;
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const waiting = commitRiders.get(compiled);
    if (waiting !== undefined) {
      this.beforeCommit.push(waiting);
      return { rows: [] };
    }
    const { sql, parameters } = compiled;
    return toQueryResult<R>(await this.pooled.run({ text: sql, values: parameters }, this.#binding));
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator, and there is nothing to yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new RowhouseError(
      "UNSCOPABLE_STATEMENT",
      "Streaming holds a connection open; page through rows by key instead.",
    );
  }
}

/** What Kysely's builders read of an answer. */
export function toQueryResult<R>({ command, rowCount, rows }: StatementResult): QueryResult<R> {
  if (command === "SELECT" || command === "FETCH" || rowCount === null) return { rows: rows as R[] };
  return { rows: rows as R[], numAffectedRows: BigInt(rowCount) };
}

/** Kysely would not learn that raw SQL had ended its transaction. */
export function assertKeepsTransaction(compiled: CompiledQuery): CompiledQuery {
  if (compiled.query.kind === "RawNode") refuseTransactionWord(compiled.sql, "transaction()");
  return compiled;
}
