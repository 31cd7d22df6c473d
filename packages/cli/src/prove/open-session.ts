import type pg from "pg";
import type { Subject } from "../doctor/subject.ts";
import { Session, type ContextStatement } from "./session.ts";

/** The session of a proof in a transaction that is open already. */
export async function openSession(
  client: pg.ClientBase,
  { role, enter }: { role: string; enter: ContextStatement },
): Promise<Session> {
  const { rows } = await client.query<{ super: boolean }>(
    "select rolsuper as super from pg_roles where rolname = session_user",
  );
  return new Session(client, { role, enter, takesPlace: rows[0]?.super === true });
}

/** The context as a setting of the transaction: what databases that do it like ours read. */
export function enterBySetting({ contextSettings }: Subject): ContextStatement {
  return (organizationId) =>
    contextSettings.map((name) => ({ text: "select set_config($1, $2, true)", values: [name, organizationId] }));
}

/** The context as whatever one statement makes of the organization in $1: it may look up rows that were made. */
export function enterByStatement(text: string): ContextStatement {
  return (organizationId) => [{ text, values: [organizationId] }];
}
