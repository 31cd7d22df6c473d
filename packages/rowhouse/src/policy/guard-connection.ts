import { noBinding } from "../database/context.ts";
import type { PooledConnection } from "../database/pooled-connection.ts";
import type { Statement } from "../database/scoped-statement.ts";

/** What the boot guard needs of a connection: one statement, with others ahead of it, in one round trip and without a tenant. */
export interface GuardConnection {
  /** @returns the one row that the statement has */
  readRow<Row extends object>(statement: Statement): Promise<Row>;
}

export function guardConnection(connection: PooledConnection): GuardConnection {
  return {
    readRow: async <Row extends object>(statement: Statement) => {
      const { rows } = await connection.run(statement, noBinding);
      const [row] = rows;
      if (row === undefined) throw new TypeError("a statement of the boot guard always has one row");
      return row as Row;
    },
  };
}
