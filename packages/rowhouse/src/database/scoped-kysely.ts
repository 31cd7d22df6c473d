import {
  DefaultConnectionProvider,
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  Transaction,
  type CompiledQuery,
  type ConnectionProvider,
  type KyselyPlugin,
  type QueryCompiler,
  type QueryResult,
} from "kysely";
import type { Binding } from "./context.ts";
import type { Pool } from "./pool.ts";
import type { PooledConnection } from "./pooled-connection.ts";
import { ScopedDialect } from "./scoped-dialect.ts";
import { assertKeepsTransaction, ScopedConnection, ScopedDriver, toQueryResult } from "./scoped-driver.ts";
import type { Statement, StatementResult } from "./scoped-statement.ts";

export interface ScopedKyselyParts {
  readonly pool: Pool;
  readonly binding: Binding;
  readonly compiler: QueryCompiler;
  readonly plugins?: readonly KyselyPlugin[];
}

const adapter = new PostgresAdapter();

/** A Kysely whose every statement carries the context of its binding. Cheap: nothing is sent, no connection is taken. */
export function openScopedKysely<DB>({ pool, binding, compiler, plugins = [] }: ScopedKyselyParts): Kysely<DB> {
  const driver = new ScopedDriver(pool, binding);
  const dialect = new ScopedDialect(driver, compiler);
  const executor = new ScopedExecutor(compiler, {
    provider: new DefaultConnectionProvider(driver),
    plugins,
    run: (statement) => pool.run(statement, binding),
  });
  return new Kysely<DB>({ config: { dialect }, dialect, driver, executor });
}

/** The same on one connection, in a transaction that begins and ends elsewhere. */
export function openKyselyIn<DB>(
  connection: PooledConnection,
  { pool, binding, compiler }: Omit<ScopedKyselyParts, "plugins">,
): Transaction<DB> {
  const driver = new ScopedDriver(pool, binding);
  const dialect = new ScopedDialect(driver, compiler);
  const executor = new ScopedExecutor(compiler, {
    provider: { provideConnection: (consume) => consume(new ScopedConnection(connection, binding)) },
    plugins: [],
    run: (statement) => connection.run(statement, binding),
  });
  return new Transaction<DB>({ config: { dialect }, dialect, driver, executor });
}

interface Ways {
  /** Kysely's own way, for streams and handles with plugins of their own. */
  readonly provider: ConnectionProvider;
  readonly plugins: readonly KyselyPlugin[];
  /** The short way. */
  readonly run: (statement: Statement) => Promise<StatementResult>;
}

/**
 * Kysely's executor, with a short way for a statement, which is nearly every one: Kysely's own takes a dozen promises to
 * reach the connection and come back.
 */
class ScopedExecutor extends DefaultQueryExecutor {
  readonly #run: Ways["run"];

  constructor(compiler: QueryCompiler, { provider, plugins, run }: Ways) {
    super(compiler, adapter, provider, [...plugins]);
    this.#run = run;
  }

  /** What our own plugins do to results is nothing: rows come from the connection with their names in TypeScript. */
  override async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = assertKeepsTransaction(query);
    return toQueryResult(await this.#run({ text: sql, values: parameters }));
  }
}
