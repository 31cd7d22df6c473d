import {
  PostgresAdapter,
  PostgresIntrospector,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
} from "kysely";

const adapter = new PostgresAdapter();

/** Kysely's Postgres over a driver and a compiler that are bound to a scope. */
export class ScopedDialect implements Dialect {
  readonly #driver: Driver;
  readonly #compiler: QueryCompiler;

  constructor(driver: Driver, compiler: QueryCompiler) {
    this.#driver = driver;
    this.#compiler = compiler;
  }

  createDriver(): Driver {
    return this.#driver;
  }

  createQueryCompiler(): QueryCompiler {
    return this.#compiler;
  }

  createAdapter(): DialectAdapter {
    return adapter;
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}
