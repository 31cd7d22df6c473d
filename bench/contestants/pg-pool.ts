import pg from "pg";
import type { Statement } from "../operations/sql-operations.ts";

/** A pg pool that prepares its statements where the way to the server allows it. */
export class PgPool implements AsyncDisposable {
  readonly #pool: pg.Pool;
  readonly #prepare: boolean;

  constructor(url: string, { connections, prepare }: { readonly connections: number; readonly prepare: boolean }) {
    this.#pool = new pg.Pool({ connectionString: url, max: connections });
    this.#prepare = prepare;
  }

  async query<Row>(statement: Statement): Promise<Row[]> {
    return (await this.#pool.query(this.#toConfig(statement))).rows as Row[];
  }

  /** BEGIN, the work, COMMIT, on one connection. */
  async transaction<T>(work: (query: <Row>(statement: Statement) => Promise<Row[]>) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken = true;
    try {
      await client.query("begin");
      const result = await work(
        async <Row>(statement: Statement) => (await client.query(this.#toConfig(statement))).rows as Row[],
      );
      await client.query("commit");
      broken = false;
      return result;
    } finally {
      client.release(broken);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.end();
  }

  #toConfig({ name, text, values }: Statement): pg.QueryConfig {
    return this.#prepare ? { name, text, values: [...values] } : { text, values: [...values] };
  }
}
