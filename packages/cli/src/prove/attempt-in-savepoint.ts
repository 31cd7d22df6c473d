import pg from "pg";
import type { Session } from "./session.ts";

/** Runs `work`; an error of the database takes back what it did and is the answer. */
export async function attemptInSavepoint<Result>(
  session: Session,
  work: () => Promise<Result>,
): Promise<Result | pg.DatabaseError> {
  await session.run("savepoint made");
  try {
    const result = await work();
    await session.run("release savepoint made");
    return result;
  } catch (error) {
    await session.run("rollback to savepoint made; release savepoint made");
    if (error instanceof pg.DatabaseError) return error;
    throw error;
  }
}
