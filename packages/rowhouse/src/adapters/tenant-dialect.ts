import {
  DefaultConnectionProvider,
  DefaultQueryExecutor,
  PostgresAdapter,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type KyselyPlugin,
  type QueryCompiler,
  type QueryExecutor,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import { quoteIdentifier } from "../database/identifier.ts";
import { ScopedDialect } from "../database/scoped-dialect.ts";
import { assertKeepsTransaction, toQueryResult } from "../database/scoped-driver.ts";
import type { TenantConnections } from "../tenant/connections-of.ts";
import { asInDatabase, ScopeCompiler } from "../tenant/scope-compiler.ts";
import { rawFormat } from "./raw-format.ts";
import { streamRows } from "./tenant-cursor.ts";
import { runOnce, TenantSession } from "./tenant-session.ts";

const adapter = new PostgresAdapter();
const format = rawFormat({});

/** Kysely's Postgres, bound to a tenant. */
export class TenantDialect extends ScopedDialect {
  readonly #connections: TenantConnections;

  constructor(connections: TenantConnections) {
    const { scopes, scope } = connections;
    super(new TenantDriver(connections), new ScopeCompiler(scopes, scope.organizationId, asInDatabase));
    this.#connections = connections;
  }

  createExecutor(plugins: readonly KyselyPlugin[]): QueryExecutor {
    const compiler = this.createQueryCompiler();
    const provider = new DefaultConnectionProvider(this.createDriver());
    return plugins.length > 0
      ? new DefaultQueryExecutor(compiler, adapter, provider, [...plugins])
      : new ShortExecutor(this.#connections, compiler, provider);
  }
}

/** Without plugins a statement that stands alone need not take Kysely's dozen promises to the connection and back. */
class ShortExecutor extends DefaultQueryExecutor {
  readonly #connections: TenantConnections;

  constructor(connections: TenantConnections, compiler: QueryCompiler, provider: DefaultConnectionProvider) {
    super(compiler, adapter, provider);
    this.#connections = connections;
  }

  override async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = assertKeepsTransaction(query);
    return toQueryResult(await runOnce(this.#connections, { text: sql, values: parameters, format }));
  }
}

class TenantDriver implements Driver {
  readonly #connections: TenantConnections;

  constructor(connections: TenantConnections) {
    this.#connections = connections;
  }

  async init(): Promise<void> {
    // the pool is there already
  }

  async acquireConnection(): Promise<SessionConnection> {
    this.#connections.binding.assertOpen();
    return new SessionConnection(new TenantSession(this.#connections));
  }

  async beginTransaction({ session }: SessionConnection, settings: TransactionSettings): Promise<void> {
    const isolation = settings.isolationLevel === undefined ? "" : `isolation level ${settings.isolationLevel}`;
    await session.begin(`${isolation} ${settings.accessMode ?? ""}`.trim());
  }

  async commitTransaction({ session }: SessionConnection): Promise<void> {
    await session.commit();
  }

  async rollbackTransaction({ session }: SessionConnection): Promise<void> {
    await session.rollback();
  }

  async savepoint({ session }: SessionConnection, name: string): Promise<void> {
    await session.run({ text: `savepoint ${quoteIdentifier(name)}`, values: [] });
  }

  async rollbackToSavepoint({ session }: SessionConnection, name: string): Promise<void> {
    await session.run({ text: `rollback to savepoint ${quoteIdentifier(name)}`, values: [] });
  }

  async releaseSavepoint({ session }: SessionConnection, name: string): Promise<void> {
    await session.run({ text: `release savepoint ${quoteIdentifier(name)}`, values: [] });
  }

  async releaseConnection({ session }: SessionConnection): Promise<void> {
    await session.close();
  }

  async destroy(): Promise<void> {
    // the connections are the tenancy's
  }
}

class SessionConnection implements DatabaseConnection {
  readonly session: TenantSession;

  constructor(session: TenantSession) {
    this.session = session;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = assertKeepsTransaction(query);
    return toQueryResult(await this.session.run({ text: sql, values: parameters, format }));
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery, size = 100): AsyncIterableIterator<QueryResult<R>> {
    for await (const result of streamRows(this.session, { text: sql, values: parameters, format }, size)) {
      yield toQueryResult(result);
    }
  }
}
