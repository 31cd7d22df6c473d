import pg from "pg";
import { RowhouseError } from "../errors.ts";
import { toConnectError } from "./database-error.ts";
import type { Binding } from "./context.ts";
import type { ContextSealer } from "./context-sealer.ts";
import { PooledConnection } from "./pooled-connection.ts";
import type { Statement, StatementResult } from "./scoped-statement.ts";

export interface PoolOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** How long to wait for a connection before POOL_EXHAUSTED or DATABASE_UNREACHABLE. */
  readonly acquireTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** False behind a pooler that does not keep named statements (PgBouncer before 1.21). */
  readonly prepare: boolean;
  /** Seals the context of every statement. Left out: contexts travel as they are. */
  readonly sealer?: ContextSealer | undefined;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Told of a connection that broke while nobody used it. It is replaced by itself; this is for the log. */
  readonly onIdleError: (error: Error) => void;
  /** Told once, when a pooler is found to lose named statements. */
  readonly onLostStatements: (error: Error) => void;
}

/** How long after the statement timeout an answer is waited for. */
const silenceMs = 5_000;

/** A bounded set of connections of one Postgres role. Hands out nothing but {@link PooledConnection}s. */
export class Pool implements AsyncDisposable {
  readonly #pool: pg.Pool;
  readonly #options: PoolOptions;
  readonly #onStrangeSession = (): void => this.#stopPreparing();
  #prepare: boolean;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#prepare = options.prepare;
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.maxConnections,
      connectionTimeoutMillis: options.acquireTimeoutMs,
      // The server's own timeout comes first; this is for a network that has gone silent.
      query_timeout: options.statementTimeoutMs + silenceMs,
      application_name: options.applicationName,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    });
    this.#pool.on("error", (error) => options.onIdleError(error));
  }

  /**
   * @throws RowhouseError POOL_EXHAUSTED when none came free in time, DATABASE_UNREACHABLE when none could be opened.
   */
  acquire(): Promise<PooledConnection> {
    const { statementTimeoutMs: timeoutMs, sealer, maxConnections } = this.#options;
    const wasFull = this.#pool.idleCount === 0 && this.#pool.totalCount >= maxConnections;
    return new Promise((resolve, reject) => {
      this.#pool.connect((error, client) => {
        if (client === undefined) reject(toConnectError(error, wasFull));
        else {
          const options = { timeoutMs, prepare: this.#prepare, sealer, onStrangeSession: this.#onStrangeSession };
          resolve(new PooledConnection(client, options));
        }
      });
    });
  }

  /** One statement, on whichever connection is free. */
  async run(statement: Statement, binding: Binding): Promise<StatementResult> {
    binding.assertOpen();
    const connection = await this.acquire();
    try {
      return await connection.run(statement, binding);
    } finally {
      connection.release();
    }
  }

  /** For a health endpoint: connections open, idle, and callers that wait. */
  counts(): { total: number; idle: number; waiting: number } {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  #stopPreparing(): void {
    if (!this.#prepare) return;
    this.#prepare = false;
    this.#options.onLostStatements(
      new RowhouseError(
        "INVALID_SETTINGS",
        "A pooler between here and the database loses prepared statements, so none are prepared any more. Set " +
          "database.prepare to false, or let the pooler keep them (PgBouncer 1.21 with max_prepared_statements).",
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
