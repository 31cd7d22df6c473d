import type { PooledConnection } from "../database/pooled-connection.ts";
import type { Statement, StatementResult } from "../database/scoped-statement.ts";
import { RowhouseError } from "../errors.ts";
import type { TenantConnections } from "../tenant/connections-of.ts";
import { TransactionLife } from "../tenant/transaction-life.ts";

/** How a transaction that was begun here stands: on a connection of its own, or as a savepoint at this depth. */
type Level = { readonly connection: PooledConnection } | { readonly savepoint: number };

/**
 * What an ORM takes for a connection. Outside of a transaction each statement is alone, with its context, on whichever
 * connection is free. A transaction takes one connection until it ends; inside of the tenant's own transaction, and inside
 * of one another, transactions are savepoints, and so cannot end what is around them.
 */
export class TenantSession {
  readonly #connections: TenantConnections;
  readonly #levels: Level[] = [];
  #own: PooledConnection | undefined;
  #life: TransactionLife | undefined;
  /** BEGIN is announced and nothing was sent: how the transaction shall be can still be said. */
  #announced: string | undefined;
  /** A BEGIN that waits for its connection. What is asked for meanwhile comes after it, as on a client of node-postgres. */
  #beginning: Promise<void> | undefined;
  /** A commit failed; the ROLLBACK that ORMs send then has nothing left to do. */
  #hasFailedCommit = false;
  #stopWaitingForScope: () => void = () => undefined;

  constructor(connections: TenantConnections) {
    this.#connections = connections;
    this.#life = connections.transaction?.life;
  }

  /** True between {@link begin} and its end, and inside of the tenant's own transaction. */
  get isInTransaction(): boolean {
    return this.#life !== undefined || this.#beginning !== undefined;
  }

  /** @throws RowhouseError SCOPE_CLOSED and what Postgres answers, coded */
  run(statement: Statement): Promise<StatementResult> {
    if (this.#beginning !== undefined) return this.#beginning.then(() => this.run(statement));
    const own = this.#own;
    if (own === undefined) return runOnce(this.#connections, statement);
    this.#announced = undefined;
    return own.run(statement, this.#connections.binding);
  }

  /** `modes` as after BEGIN: `isolation level serializable`. */
  async begin(modes = ""): Promise<void> {
    this.#assertOpen();
    if (this.#beginning !== undefined) await this.#beginning;
    this.#hasFailedCommit = false;
    if (this.#life !== undefined) return this.#beginInside(this.#life, modes);
    this.#beginning = this.#beginOwn(modes).finally(() => (this.#beginning = undefined));
    return this.#beginning;
  }

  /** What SET TRANSACTION says; true when it can go with the BEGIN that was not sent yet. */
  async announceModes(modes: string): Promise<boolean> {
    if (this.#beginning !== undefined) await this.#beginning;
    if (this.#announced === undefined || this.#own === undefined) return false;
    this.#announced = `${this.#announced} ${modes}`;
    this.#own.announceTransaction(this.#announced);
    return true;
  }

  /** @throws RowhouseError NO_TRANSACTION without {@link begin}, TRANSACTION_LOST, and what a deferred constraint says */
  async commit(): Promise<void> {
    this.#assertOpen();
    if (this.#beginning !== undefined) await this.#beginning;
    const level = this.#takeLevel("commit");
    if ("savepoint" in level)
      return this.#endSavepoint(level.savepoint, [`release savepoint ${nameOf(level.savepoint)}`]);
    try {
      await level.connection.drain();
      this.#life?.assertWhole();
      await level.connection.commit(this.#connections.binding);
    } catch (error) {
      this.#hasFailedCommit = true;
      await level.connection.rollback();
      throw error;
    } finally {
      this.#giveBack(level.connection);
    }
  }

  /** @throws RowhouseError NO_TRANSACTION without {@link begin} */
  async rollback(): Promise<void> {
    if (this.#beginning !== undefined) await this.#beginning;
    if (this.#hasFailedCommit) {
      this.#hasFailedCommit = false;
      return;
    }
    const level = this.#takeLevel("roll back");
    if ("savepoint" in level) {
      const name = nameOf(level.savepoint);
      return this.#endSavepoint(level.savepoint, [`rollback to savepoint ${name}`, `release savepoint ${name}`]);
    }
    await level.connection.drain();
    await level.connection.rollback();
    this.#giveBack(level.connection);
  }

  /** Undoes what was begun here and not ended. Statements that still run are not waited for. */
  async close(): Promise<void> {
    // Whoever asked for it hears why it failed.
    if (this.#beginning !== undefined) await this.#beginning.catch(() => undefined);
    const own = this.#own;
    try {
      while (this.#levels.length > 0 && this.#connections.scope.isOpen) await this.rollback();
    } finally {
      if (own !== undefined && this.#own === own) this.#giveBack(own);
    }
  }

  async #beginOwn(modes: string): Promise<void> {
    const { pool, scope } = this.#connections;
    const connection = await pool.acquire();
    if (!scope.isOpen) {
      connection.release();
      scope.assertOpen();
    }
    this.#announced = `begin ${modes}`.trim();
    connection.announceTransaction(this.#announced);
    this.#own = connection;
    this.#life = new TransactionLife();
    this.#levels.push({ connection });
    this.#stopWaitingForScope = scope.atClose(() => this.close());
  }

  async #beginInside(life: TransactionLife, modes: string): Promise<void> {
    if (modes !== "") {
      throw new RowhouseError(
        "UNSCOPABLE_STATEMENT",
        `A transaction inside of another is a savepoint and cannot be "${modes}"; ask for that where the outer one begins.`,
      );
    }
    const savepoint = (life.depth += 1);
    this.#levels.push({ savepoint });
    try {
      await this.run({ text: `savepoint ${nameOf(savepoint)}`, values: [] });
    } catch (error) {
      this.#levels.pop();
      life.depth -= 1;
      throw error;
    }
  }

  /** Savepoints end in the order that they lie in each other: ending an outer one ends the inner ones as well. */
  async #endSavepoint(savepoint: number, texts: readonly string[]): Promise<void> {
    const life = this.#life;
    if (life === undefined || life.depth !== savepoint) {
      // The depth stays, and with it the whole transaction cannot be committed.
      throw new RowhouseError(
        "TRANSACTION_LOST",
        "Two transactions inside of one overlapped. Await each of them before the next begins.",
      );
    }
    for (const text of texts) await this.run({ text, values: [] });
    life.depth -= 1;
  }

  #takeLevel(verb: string): Level {
    const level = this.#levels.pop();
    if (level !== undefined) return level;
    throw new RowhouseError(
      "NO_TRANSACTION",
      `There is no transaction here to ${verb}: none was begun on this client.`,
    );
  }

  #giveBack(connection: PooledConnection): void {
    this.#stopWaitingForScope();
    this.#levels.length = 0;
    this.#own = undefined;
    this.#announced = undefined;
    this.#life = this.#connections.transaction?.life;
    connection.release();
  }

  #assertOpen(): void {
    const { binding, transaction } = this.#connections;
    binding.assertOpen();
    transaction?.life.assertOpen();
  }
}

/** One statement in the tenant's transaction, if there is one, else in one round trip with its context. */
export function runOnce(
  { pool, binding, transaction }: TenantConnections,
  statement: Statement,
): Promise<StatementResult> {
  return transaction === undefined
    ? pool.run(statement, binding)
    : transaction.connection.run(statement, transaction.binding);
}

function nameOf(savepoint: number): string {
  return `rowhouse_inner_${savepoint}`;
}
