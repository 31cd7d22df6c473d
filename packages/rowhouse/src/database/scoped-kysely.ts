import {
  DefaultConnectionProvider,
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  type CompiledQuery,
  type Driver,
  type KyselyPlugin,
  type QueryCompiler,
  type QueryResult,
} from "kysely";
import type { Pool } from "./pool.ts";
import { ScopedDialect } from "./scoped-dialect.ts";
import { runCompiled, ScopedDriver, type Binding } from "./scoped-driver.ts";

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
  const executor = new ScopedExecutor({ pool, binding, compiler, plugins }, driver);
  return new Kysely<DB>({ config: { dialect }, dialect, driver, executor });
}

/**
 * Kysely's executor, with a short way for a statement that stands alone, which is nearly every one: Kysely's own takes a
 * dozen promises to reach the connection and come back. Transactions and handles with plugins of their own take that.
 */
class ScopedExecutor extends DefaultQueryExecutor {
  readonly #pool: Pool;
  readonly #binding: Binding;

  constructor({ pool, binding, compiler, plugins = [] }: ScopedKyselyParts, driver: Driver) {
    super(compiler, adapter, new DefaultConnectionProvider(driver), [...plugins]);
    this.#pool = pool;
    this.#binding = binding;
  }

  /** What our own plugins do to results is nothing: rows come from the connection with their names in TypeScript. */
  override async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    this.#binding.assertOpen();
    const connection = await this.#pool.acquire();
    try {
      this.#binding.assertOpen();
      return await runCompiled<R>(connection, compiled, this.#binding);
    } finally {
      connection.release();
    }
  }
}
