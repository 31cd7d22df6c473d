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

/** The context of a Rowhouse database that believes sealed contexts alone. What is no organization's id cannot be sealed. */
export function enterBySeal(subject: Subject): ContextStatement {
  const bySetting = enterBySetting(subject);
  return (organizationId) =>
    uuid.test(organizationId)
      ? [{ text: "select rowhouse.enter_organization($1)", values: [organizationId] }]
      : [...bySetting(organizationId), { text: "select set_config('rowhouse.seal', $1, true)", values: [""] }];
}

/** Whether the policies ask for a seal, by the function that they call. */
export async function isSealed(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ sealed: boolean }>(
    `select exists (select from pg_catalog.pg_depend
       where classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
         and refobjid = pg_catalog.to_regprocedure('rowhouse.sealed_organization()')) as sealed`,
  );
  return rows[0]?.sealed === true;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The context as whatever one statement makes of the organization in $1: it may look up rows that were made. */
export function enterByStatement(text: string): ContextStatement {
  return (organizationId) => [{ text, values: [organizationId] }];
}
