import type { Logger, RelationalSchemaConfig, TablesRelationalConfig } from "drizzle-orm";
import { NodePgDatabase, NodePgSession, NodePgTransaction, type NodePgClient } from "drizzle-orm/node-postgres";
import type { PgPreparedQuery, PgTransactionConfig, PreparedQueryConfig } from "drizzle-orm/pg-core";
import { isRowhouseError } from "../errors.ts";
import type { TenantPgDialect } from "./drizzle-dialect.ts";
import type { TenantClient } from "./tenant-client.ts";
import { refuseTransactionWord } from "../database/transaction-words.ts";

/** What every handle of one tenant has in common. */
export interface DrizzleParts<TSchema extends TablesRelationalConfig> {
  readonly dialect: TenantPgDialect;
  readonly schema: RelationalSchemaConfig<TSchema> | undefined;
  readonly logger: Logger | undefined;
}

/** Drizzle's session over a client that is bound to a tenant. Errors are Rowhouse's, as everywhere. */
export class TenantDrizzleSession<
  TFullSchema extends Record<string, unknown>,
  TSchema extends TablesRelationalConfig,
> extends NodePgSession<TFullSchema, TSchema> {
  readonly #client: TenantClient;
  readonly #parts: DrizzleParts<TSchema>;

  constructor(client: TenantClient, parts: DrizzleParts<TSchema>) {
    const { dialect, schema, logger } = parts;
    super(client as unknown as NodePgClient, dialect, schema, logger === undefined ? {} : { logger });
    this.#client = client;
    this.#parts = parts;
  }

  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    ...query: Parameters<NodePgSession<TFullSchema, TSchema>["prepareQuery"]>
  ): PgPreparedQuery<T> {
    const [{ sql: text }, fields] = query;
    // A statement that a builder made has fields, or is none of these.
    if (fields === undefined) refuseTransactionWord(text, "db.transaction");
    const prepared = super.prepareQuery<T>(...query);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = (values) => execute(values).catch(throwCoded);
    return prepared;
  }

  override async transaction<T>(
    work: (transaction: NodePgTransaction<TFullSchema, TSchema>) => Promise<T>,
    config: PgTransactionConfig = {},
  ): Promise<T> {
    const client = await this.#client.connect();
    const session = new TenantDrizzleSession<TFullSchema, TSchema>(client, this.#parts);
    try {
      await client.query(`begin ${modesOf(config)}`);
      const result = await work(new TenantDrizzleTransaction(session, this.#parts));
      await client.query("commit");
      return result;
    } finally {
      // Rolls back what was not committed.
      await client.end();
    }
  }

  /** A transaction inside of the one that is open on this client: a savepoint. */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    await this.#client.query("begin");
    try {
      const result = await work();
      await this.#client.query("commit");
      return result;
    } catch (error) {
      await this.#client.query("rollback");
      throw error;
    }
  }
}

/** A transaction of Drizzle's; one inside of it is a savepoint. */
class TenantDrizzleTransaction<
  TFullSchema extends Record<string, unknown>,
  TSchema extends TablesRelationalConfig,
> extends NodePgTransaction<TFullSchema, TSchema> {
  readonly #session: TenantDrizzleSession<TFullSchema, TSchema>;
  readonly #parts: DrizzleParts<TSchema>;

  constructor(session: TenantDrizzleSession<TFullSchema, TSchema>, parts: DrizzleParts<TSchema>, depth = 0) {
    super(parts.dialect, session, parts.schema, depth);
    this.#session = session;
    this.#parts = parts;
  }

  override async transaction<T>(
    work: (transaction: NodePgTransaction<TFullSchema, TSchema>) => Promise<T>,
  ): Promise<T> {
    return this.#session.savepoint(() =>
      work(new TenantDrizzleTransaction(this.#session, this.#parts, this.nestedIndex + 1)),
    );
  }

  override $count(...[source, filters]: CountParameters): CountBuilder {
    return super.$count(source, this.#parts.dialect.boundFilter(source, filters));
  }
}

/** Drizzle's database for a tenant. */
export class TenantDrizzleDatabase<TFullSchema extends Record<string, unknown>> extends NodePgDatabase<TFullSchema> {
  readonly #dialect: TenantPgDialect;

  constructor(client: TenantClient, parts: DrizzleParts<TablesRelationalConfig>) {
    super(parts.dialect, new TenantDrizzleSession(client, parts) as never, parts.schema as never);
    this.#dialect = parts.dialect;
  }

  override $count(...[source, filters]: CountParameters): CountBuilder {
    return super.$count(source, this.#dialect.boundFilter(source, filters));
  }
}

type CountParameters = Parameters<NodePgDatabase["$count"]>;
type CountBuilder = ReturnType<NodePgDatabase["$count"]>;

function modesOf({ isolationLevel, accessMode, deferrable }: PgTransactionConfig): string {
  const isolation = isolationLevel === undefined ? "" : `isolation level ${isolationLevel}`;
  const defer = deferrable === undefined ? "" : deferrable ? "deferrable" : "not deferrable";
  return [isolation, accessMode ?? "", defer].join(" ").trim();
}

/** Drizzle puts what failed into an error of its own, with the statement and its values. */
function throwCoded(error: unknown): never {
  throw error instanceof Error && isRowhouseError(error.cause) ? error.cause : error;
}
