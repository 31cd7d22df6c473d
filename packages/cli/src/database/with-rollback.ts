import type pg from "pg";

/** A lock that somebody else holds ends the proof rather than their work. */
const opening = `
  begin;
  set local statement_timeout = '30s';
  set local lock_timeout = '5s';
  set local idle_in_transaction_session_timeout = '60s'`;

/** Runs `work` in a transaction that is rolled back, whatever happens. */
export async function withRollback<Result>(client: pg.ClientBase, work: () => Promise<Result>): Promise<Result> {
  await client.query(opening);
  try {
    return await work();
  } finally {
    await client.query("rollback");
  }
}
