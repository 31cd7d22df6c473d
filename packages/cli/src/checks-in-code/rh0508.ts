import pg from "pg";
import { CannotTell } from "../doctor/cannot-tell.ts";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";

/** A foreign key between tenant tables, with its names quoted. */
interface Reference {
  readonly name: string;
  readonly table: string;
  readonly parent: string;
  readonly columns: readonly string[];
  readonly parentColumns: readonly string[];
  readonly tenantColumn: string;
  readonly parentTenantColumn: string;
  /** A trigger keeps it to rows of its own tenant and of nobody, and the latter are meant to be shared. */
  readonly mayBeNobodys: boolean;
  /** A partitioned table has no rows of its own, and a table with children vouches for its own only. */
  readonly only: boolean;
}

const references = `
select r.conname::text as name, r.table_name as "table", r.parent_name as parent, r.columns, r.parent_columns as "parentColumns",
  pg_catalog.quote_ident(r.tenant_column) as "tenantColumn", pg_catalog.quote_ident(r.parent_tenant_column) as "parentTenantColumn",
  r.relkind = 'r' as only, r.held as "mayBeNobodys",
  pg_catalog.row_security_active(r.conrelid) or pg_catalog.row_security_active(r.confrelid) as filtered
from reference as r
where r.to_tenant_table
  -- What holds no page holds no row; a partitioned table has none of its own.
  and (r.relkind = 'p' or pg_catalog.pg_relation_size(r.conrelid) > 0)
order by r.table_name, r.conname`;

/** So many in one statement: thousands of them one by one would take longer to send than to answer. */
const batch = 50;

/** Looks for one row of each foreign key that points to another tenant's row or to none. */
export async function rh0508(inspection: Inspection): Promise<readonly RawFinding[]> {
  const rows = await inspection.rows(references);
  const filtered = rows.find((row) => row["filtered"] === true);
  // What a policy hides would pass for a row that is not there.
  if (filtered !== undefined)
    throw new CannotTell(
      `Row security filters what the looking role reads, for one the table ${String(filtered["table"])}. Look as a role with BYPASSRLS.`,
    );
  const all = rows.map(parseReference);
  const findings: RawFinding[] = [];
  for (let first = 0; first < all.length; first += batch) {
    const some = all.slice(first, first + batch);
    const found = await inspection.ask(some.map(findOne).join("\nunion all\n"));
    for (const { place, lost } of found) {
      const reference = some[Number(place)];
      if (reference !== undefined) findings.push(describe(reference, lost === true));
    }
  }
  return findings;
}

function findOne(reference: Reference, place: number): string {
  const { columns, parentColumns, tenantColumn, parentTenantColumn, mayBeNobodys } = reference;
  const differs = `p.${parentTenantColumn} is distinct from c.${tenantColumn}`;
  const isAnothers = mayBeNobodys ? `(${differs} and p.${parentTenantColumn} is not null)` : differs;
  const set = columns.map((column) => `c.${column} is not null`);
  const same = columns.map((column, place) => `p.${parentColumns[place] ?? ""} = c.${column}`);
  return `
    (select ${place} as place, p.tableoid is null as lost
    from ${reference.only ? "only " : ""}${reference.table} as c
    left join ${reference.parent} as p on ${same.join(" and ")}
    where ${set.join(" and ")} and (p.tableoid is null or ${isAnothers})
    limit 1)`;
}

function describe({ name, table, parent }: Reference, lost: boolean): RawFinding {
  const what = lost ? `at no row of ${parent}` : `at another tenant's row in ${parent}`;
  return {
    level: null,
    object: table,
    about: name,
    detail: `At least one row points ${what}, although the foreign key ${pg.escapeIdentifier(name)} is there.`,
    fix: null,
  };
}

function parseReference(row: Record<string, unknown>): Reference {
  return {
    name: String(row["name"]),
    table: String(row["table"]),
    parent: String(row["parent"]),
    columns: parseNames(row["columns"]),
    parentColumns: parseNames(row["parentColumns"]),
    tenantColumn: String(row["tenantColumn"]),
    parentTenantColumn: String(row["parentTenantColumn"]),
    mayBeNobodys: row["mayBeNobodys"] === true,
    only: row["only"] === true,
  };
}

function parseNames(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new TypeError("A foreign key without columns.");
  return value.map(String);
}
