import { EventEmitter } from "node:events";
import pg from "pg";
import { RowhouseError } from "../errors.ts";
import type { FieldDescription } from "../database/result-columns.ts";
import type { TenantConnections } from "../tenant/connections-of.ts";
import { submitCursor } from "./cursor-connection.ts";
import { rawFormat, type TypeParsers } from "./raw-format.ts";
import { TenantSession } from "./tenant-session.ts";
import { readTransactionWord } from "../database/transaction-words.ts";

/** A statement as node-postgres takes it. `name` is not needed: statements are named by their text. */
export interface TenantQuery {
  readonly text: string;
  readonly values?: readonly unknown[] | undefined;
  readonly rowMode?: "array" | undefined;
  readonly types?: TypeParsers | undefined;
  readonly name?: string | undefined;
}

/** A result as node-postgres gives it. */
export interface TenantResult<R = Record<string, unknown>> {
  command: string;
  rowCount: number | null;
  oid: number;
  rows: R[];
  fields: FieldDescription[];
}

const plainFormat = rawFormat({});

type Callback<R> = (error: Error | null, result: TenantResult<R>) => void;

/**
 * Stands where an ORM or hand-written code expects a `pg.Pool`, a `pg.PoolClient` or a `pg.Client`, and is bound to one
 * tenant. `connect`, `release` and `end` cost nothing: connections are taken by statements and transactions alone.
 */
export class TenantClient extends EventEmitter {
  // Drizzle takes a client of its own for each transaction only from what is called a pool.
  static override readonly name = "TenantPool";
  readonly #connections: TenantConnections;
  readonly #session: TenantSession;

  constructor(connections: TenantConnections) {
    super();
    this.#connections = connections;
    this.#session = new TenantSession(connections);
  }

  /**
   * One statement, in one round trip with its context. BEGIN, COMMIT and ROLLBACK end with the transaction that was begun
   * on this very client; take one from {@link connect} for each transaction that runs beside others.
   *
   * @throws RowhouseError SCOPE_CLOSED, UNSCOPABLE_STATEMENT for COPY, LISTEN and PREPARE, and what Postgres answers, coded
   */
  query<R = Record<string, unknown>>(
    query: (TenantQuery & { readonly rowMode: "array" }) | TenantQuery | string,
    values?: readonly unknown[],
  ): Promise<TenantResult<R>>;
  query<R = Record<string, unknown>>(query: TenantQuery | string, callback: Callback<R>): void;
  query<R = Record<string, unknown>>(
    query: TenantQuery | string,
    values: readonly unknown[] | undefined,
    callback: Callback<R>,
  ): void;
  /** A cursor of pg-cursor or a stream of pg-query-stream, in a transaction; it ends with that. */
  query<C extends { submit(connection: never): void }>(cursor: C): C;
  query<R>(
    query: TenantQuery | { submit(connection: never): void } | string,
    second?: readonly unknown[] | Callback<R>,
    third?: Callback<R>,
  ): Promise<TenantResult<R>> | { submit(connection: never): void } | undefined {
    if (typeof query === "object" && query !== null && "submit" in query) {
      submitCursor(query, this.#session);
      return query;
    }
    const [values, callback] = typeof second === "function" ? [undefined, second] : [second, third];
    const config = typeof query === "object" && query !== null ? query : { text: query };
    const answer = this.#answer<R>({ ...config, values: values ?? config.values });
    if (callback === undefined) return answer;
    answer.then(
      (result) => callback(null, result),
      (error: Error) => callback(error, emptyResult("")),
    );
    return undefined;
  }

  /** Another client of the same tenant, for a transaction of its own. */
  async connect(): Promise<TenantClient> {
    this.#connections.binding.assertOpen();
    return new TenantClient(this.#connections);
  }

  /** Undoes a transaction that was not ended. */
  release(): void {
    // Nobody can hear of a failure here. What could not be undone keeps the transaction around it from being committed.
    this.end().catch(() => undefined);
  }

  /** {@link release}, and waits for it. The connections of the tenancy stay. */
  async end(): Promise<void> {
    await this.#session.close();
  }

  escapeIdentifier(name: string): string {
    return pg.escapeIdentifier(name);
  }

  escapeLiteral(value: string): string {
    return pg.escapeLiteral(value);
  }

  async #answer<R>(query: TenantQuery): Promise<TenantResult<R>> {
    const { text, values = [], rowMode, types } = query;
    if (typeof text !== "string") throw new TypeError("query expects SQL text, or an object with SQL as its text.");
    const word = readTransactionWord(text);
    if (word !== undefined) {
      const command = await this.#obey(word);
      if (command !== undefined) return emptyResult(command);
    }
    const format = rowMode === undefined && types === undefined ? plainFormat : rawFormat({ rowMode, types });
    const { command, rowCount, rows, fields } = await this.#session.run({ text, values, format });
    return { command, rowCount, oid: 0, rows: rows as R[], fields: [...fields] };
  }

  /** The command that was done; undefined for what is to be sent as it is. */
  async #obey(word: NonNullable<ReturnType<typeof readTransactionWord>>): Promise<string | undefined> {
    switch (word.kind) {
      case "begin":
        await this.#session.begin(word.modes);
        return "BEGIN";
      case "commit":
        await this.#session.commit();
        return "COMMIT";
      case "rollback":
        await this.#session.rollback();
        return "ROLLBACK";
      case "modes":
        return (await this.#session.announceModes(word.modes)) ? "SET" : undefined;
      case "refused":
        throw new RowhouseError(
          "UNSCOPABLE_STATEMENT",
          `${word.word.toUpperCase()} in this form needs a session of its own, and a tenant's statements share ` +
            "connections. Statements are prepared by themselves; transactions are begun, committed and rolled back plainly.",
        );
    }
  }
}

function emptyResult<R>(command: string): TenantResult<R> {
  return { command, rowCount: null, oid: 0, rows: [], fields: [] };
}
