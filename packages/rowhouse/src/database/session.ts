import type pg from "pg";
import { toRowhouseError } from "./database-error.ts";
import { PreparedStatements } from "./prepared-statements.ts";

const sessions = new WeakMap<pg.PoolClient, Session>();

/** What is known of one client of the pool as long as it lives, over all the times that it is taken out. */
export class Session {
  readonly prepared = new PreparedStatements();
  /** Why nothing more may be sent. A client that has a reason is closed when it is given back. */
  broken: Error | undefined;

  static of(client: pg.PoolClient): Session {
    const known = sessions.get(client);
    if (known !== undefined) return known;
    const session = new Session();
    // The pool listens only while a client is idle, and an 'error' that nobody listens to ends the process.
    client.on("error", (error) => (session.broken ??= toRowhouseError(error)));
    sessions.set(client, session);
    return session;
  }
}
