import { is, SQL, Subquery, Table } from "drizzle-orm";
import { unscopable } from "../tenant/scope-refusals.ts";

/** Queries that a tenant's dialect has written, with the organization that they are bound to. */
const organizations = new WeakMap<SQL, string>();

/**
 * Knows which queries are bound to an organization. Drizzle lets a statement hold queries that were built elsewhere: by a
 * QueryBuilder of its own, or by another tenant's handle.
 */
export class BoundQueries {
  readonly #organizationId: string;

  constructor(organizationId: string) {
    this.#organizationId = organizationId;
  }

  add(query: SQL): SQL {
    organizations.set(query, this.#organizationId);
    return query;
  }

  /** @throws RowhouseError UNSCOPABLE_STATEMENT when a query inside of this one is not bound to the organization */
  assertAllOwn(chunk: unknown): void {
    if (Array.isArray(chunk) || is(chunk, SQL)) {
      for (const inner of is(chunk, SQL) ? chunk.queryChunks : chunk) this.assertAllOwn(inner);
    } else if (is(chunk, Subquery)) {
      const { sql } = chunk._;
      if (organizations.get(sql) !== this.#organizationId && namesTable(sql)) throw foreign();
      this.assertAllOwn(sql);
    } else if (typeof chunk === "object" && chunk !== null && "dialect" in chunk) {
      this.assertOwn(chunk);
    }
  }

  /** The same of a query that is still a builder. */
  assertOwn(builder: unknown): void {
    if (typeof builder !== "object" || builder === null || !("dialect" in builder)) return;
    const dialect = builder.dialect as { readonly organizationId?: unknown } | undefined;
    if (dialect?.organizationId !== this.#organizationId) throw foreign();
  }
}

function namesTable(chunk: unknown): boolean {
  if (is(chunk, Table)) return true;
  if (is(chunk, SQL)) return chunk.queryChunks.some(namesTable);
  return is(chunk, Subquery) && namesTable(chunk._.sql);
}

function foreign(): Error {
  return unscopable(
    "The statement holds a query that was built elsewhere and is not bound to the organization. Build it with the same " +
      "tenant's db, as db.select() or db.$with().",
  );
}
