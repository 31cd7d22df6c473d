import { createHash } from "node:crypto";
import pg from "pg";
import { quoteIdentifier, quoteTable, splitTable } from "../database/identifier.ts";
import type { PlannedStatement } from "./plan-policies.ts";
import { sharedReferencesQuery } from "./shared-references-query.ts";
import type { Queryable } from "./table-facts.ts";

/** A foreign key of a tenant's rows that leads into a mixed table without naming the organization. */
export interface SharedReference {
  /** `schema.table`, as it stands. */
  readonly table: string;
  readonly constraint: string;
  /** The key waits for the end of the transaction if somebody says so, or by itself. */
  readonly deferrable: boolean;
  readonly deferred: boolean;
  /** A trigger keeps it to rows of the organization and of nobody. */
  readonly isHeld: boolean;
  /** Asks for a row that points to another organization's. */
  readonly crossing: string;
}

/** Named to come before Postgres's own, so that what is another's is refused like what is not there. */
function triggerName(constraint: string): string {
  const name = `Own_${constraint}`;
  if (Buffer.byteLength(name) <= mostBytes) return name;
  // Postgres would cut two long names to the same one.
  return `Own_${createHash("sha256").update(constraint).digest("hex").slice(0, 40)}`;
}

/** Of a name in Postgres. */
const mostBytes = 63;

/** Reads every {@link SharedReference} of these tables, in order. */
export async function readSharedReferences(
  db: Queryable,
  { tables, mixed, column }: { tables: readonly string[]; mixed: readonly string[]; column: string },
): Promise<SharedReference[]> {
  const parts = (names: readonly string[]): string[][] => [
    names.map((name) => splitTable(name).schema),
    names.map((name) => splitTable(name).table),
  ];
  const { rows } = await db.query<SharedReference & pg.QueryResultRow>(sharedReferencesQuery, [
    ...parts(tables),
    ...parts(mixed),
    column,
  ]);
  return rows;
}

/** What takes away triggers of ours whose foreign key is gone: they refuse every write. */
export async function planStaleHolds(db: Queryable): Promise<PlannedStatement[]> {
  const { rows } = await db.query<{ sql: string }>(
    `select pg_catalog.format('drop trigger %I on %I.%I', t.tgname, n.nspname, c.relname) as sql
     from pg_catalog.pg_trigger t
     join pg_catalog.pg_class c on c.oid = t.tgrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where t.tgfoid = pg_catalog.to_regprocedure('rowhouse.hold_reference()') and t.tgparentid = 0 and not exists (
       select from pg_catalog.pg_constraint f
       where f.conrelid = t.tgrelid and f.contype = 'f' and pg_catalog.starts_with(
         pg_catalog.encode(t.tgargs, 'hex'),
         pg_catalog.encode(pg_catalog.convert_to(f.conname::text, pg_catalog.getdatabaseencoding()), 'hex') || '00'))
     order by 1`,
    [],
  );
  return rows.map(({ sql }) => ({ sql, why: "the foreign key that it held is gone" }));
}

/** The trigger that holds a reference; the rows that stand are not looked at. */
export function planReference(
  reference: Omit<SharedReference, "isHeld" | "crossing">,
  column: string,
): readonly [drop: PlannedStatement, create: PlannedStatement] {
  const { constraint, deferrable, deferred } = reference;
  const [name, table] = [quoteIdentifier(triggerName(constraint)), quoteTable(reference.table)];
  const timing = deferrable ? ` deferrable initially ${deferred ? "deferred" : "immediate"}` : "";
  const args = [constraint, column].map((text) => pg.escapeLiteral(text)).join(", ");
  return [
    { sql: `drop trigger if exists ${name} on ${table}`, why: "what is there under this name holds nothing" },
    {
      sql:
        `create constraint trigger ${name} after insert or update on ${table}${timing} for each row` +
        ` execute function rowhouse.hold_reference(${args})`,
      why: "the key finds other organizations' rows as well as everybody's",
    },
  ];
}
