import pg from "pg";
import type { Relation } from "../catalog/catalog.ts";
import type { Session } from "../session.ts";
import type { MadeRow, Values } from "../world.ts";
import { attemptInSavepoint } from "../attempt-in-savepoint.ts";
import { insertStatement } from "./insert-statement.ts";

/** Whether triggers and foreign keys have their say. */
export type Enforcement = "all" | "none";

/** Inserts a row as whoever runs the proof; an error of the database is the answer, and nothing of the row is there then. */
export async function storeRow(
  session: Session,
  { relation, values, enforcement }: { relation: Relation; values: Values; enforcement: Enforcement },
): Promise<MadeRow | pg.DatabaseError | null> {
  return attemptInSavepoint(session, async () => {
    if (enforcement === "none") await session.run("set local session_replication_role = replica");
    const { text, values: given } = insertStatement(relation, values);
    const answer = await session.query(`${text} returning ${columnsAsText(relation)}`, given);
    if (enforcement === "none") await session.run("set local session_replication_role = origin");
    else await askDeferred(session);
    const stored = answer.rows[0] as Values | undefined;
    return stored === undefined ? null : madeRow(relation, stored);
  });
}

export function columnsAsText({ columns }: Relation): string {
  return columns.map(({ name }) => `${pg.escapeIdentifier(name)}::text as ${pg.escapeIdentifier(name)}`).join(", ");
}

/** The row with the key that tells it from others. */
export function madeRow(relation: Relation, values: Values): MadeRow {
  const key = relation.uniqueKeys.find(
    ({ partial, columns }) => !partial && columns.every((name) => values[name] !== null),
  );
  return { relation, values, key: key?.columns ?? Object.keys(values).filter((name) => values[name] !== null) };
}

/** What would be asked at the end of the transaction, which never ends well, is asked now, and is deferred again afterwards. */
export async function askDeferred(session: Session): Promise<void> {
  await session.run("set constraints all immediate");
  const { rows } = await session.query(
    `select distinct pg_catalog.format('%I.%I', n.nspname, k.conname) as name from pg_catalog.pg_constraint as k
     join pg_catalog.pg_namespace as n on n.oid = k.connamespace where k.condeferred order by name`,
  );
  if (rows.length > 0) await session.run(`set constraints ${rows.map(({ name }) => String(name)).join(", ")} deferred`);
}
