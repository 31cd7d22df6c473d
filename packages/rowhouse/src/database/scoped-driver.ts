import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import { RowhouseError } from "../errors.ts";
import type { Context } from "./context.ts";
import type { Pool } from "./pool.ts";
import type { PooledConnection } from "./pooled-connection.ts";
import type { Prelude } from "./scoped-statement.ts";

/** What every statement of a handle is bound to. */
export interface Binding {
  readonly context: Context;
  readonly signal?: AbortSignal | undefined;
  /** Throws when the handle may not be used any more. Asked before each statement, and before each connection. */
  readonly assertOpen: () => void;
}

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
    const { context, signal } = this.#binding;
    await connection.pooled.commit({ ahead: connection.beforeCommit, context, signal });
  }

  async rollbackTransaction(connection: ScopedConnection): Promise<void> {
    await connection.pooled.rollback();
  }

  async destroy(): Promise<void> {
    throw new RowhouseError("SCOPE_CLOSED", "A handle does not own its connections; close the tenancy instead.");
  }
}

class ScopedConnection implements DatabaseConnection {
  readonly pooled: PooledConnection;
  readonly beforeCommit: Prelude[] = [];
  readonly #binding: Binding;

  constructor(pooled: PooledConnection, binding: Binding) {
    this.pooled = pooled;
    this.#binding = binding;
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    this.#binding.assertOpen();
    const waiting = commitRiders.get(compiled);
    if (waiting !== undefined) {
      this.beforeCommit.push(waiting);
      return { rows: [] };
    }
    return runCompiled<R>(this.pooled, compiled, this.#binding);
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator, and there is nothing to yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new RowhouseError(
      "UNSCOPABLE_STATEMENT",
      "Streaming holds a connection open; page through rows by key instead.",
    );
  }
}

/** A statement of Kysely's on a connection, bound to the context. */
export async function runCompiled<R>(
  connection: PooledConnection,
  { sql, parameters }: CompiledQuery,
  { context, signal }: Binding,
): Promise<QueryResult<R>> {
  const { command, rowCount, rows } = await connection.run({ text: sql, values: parameters }, context, signal);
  if (command === "SELECT" || rowCount === null) return { rows: rows as R[] };
  return { rows: rows as R[], numAffectedRows: BigInt(rowCount) };
}
