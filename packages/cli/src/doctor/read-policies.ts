import { parseExpressions, type Expression } from "../expression/parse-expression.ts";
import type { Inspection } from "./inspection.ts";

export type PolicyCommand = "all" | "select" | "insert" | "update" | "delete";

/** A policy with its conditions parsed. */
export interface Policy {
  readonly name: string;
  readonly table: string;
  readonly tableId: string;
  readonly command: PolicyCommand;
  readonly permissive: boolean;
  /** To a role that serves tenants. */
  readonly applies: boolean;
  /** To every role, those to come included. */
  readonly toPublic: boolean;
  readonly using: Expression | null;
  readonly check: Expression | null;
  /** The table has the tenant column and row security. */
  readonly onTenantTable: boolean;
  readonly tenantNullable: boolean;
  /** The table's columns of text. */
  readonly textColumns: readonly string[];
  /** What the policy should say. */
  readonly predicate: string | null;
}

const commands: Readonly<Record<string, PolicyCommand>> = {
  "*": "all",
  r: "select",
  a: "insert",
  w: "update",
  d: "delete",
};

const statement = `
select p.polname::text as name, p.table_name::text as "table", p.polrelid::text as "tableId", p.polcmd::text as command,
  p.polpermissive as permissive, p.applies, 0 = any (p.polroles) as "toPublic",
  pg_get_expr(p.polqual, p.polrelid) as "using", pg_get_expr(p.polwithcheck, p.polrelid) as "check",
  coalesce(t.relrowsecurity, false) as "onTenantTable", not coalesce(t.tenant_not_null, true) as "tenantNullable",
  t.predicate, c.names as "textColumns"
from policy as p
left join tenant_table as t on t.oid = p.polrelid
left join (
  select a.attrelid, array_agg(a.attname::text) as names
  from pg_attribute as a
  where a.attnum > 0 and a.atttypid in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
  group by a.attrelid) as c on c.attrelid = p.polrelid
order by p.table_name, p.polname`;

export async function readPolicies(inspection: Inspection): Promise<readonly Policy[]> {
  const rows = await inspection.rows(statement);
  const parsed = parseExpressions(rows.flatMap((row) => [row["using"], row["check"]].filter(isText)));
  const find = (text: unknown): Expression | null => (isText(text) ? (parsed.get(text) ?? null) : null);
  return rows.map((row) => ({
    name: String(row["name"]),
    table: String(row["table"]),
    tableId: String(row["tableId"]),
    command: commands[String(row["command"])] ?? "all",
    permissive: row["permissive"] === true,
    applies: row["applies"] === true,
    toPublic: row["toPublic"] === true,
    using: find(row["using"]),
    check: find(row["check"]),
    onTenantTable: row["onTenantTable"] === true,
    tenantNullable: row["tenantNullable"] === true,
    textColumns: Array.isArray(row["textColumns"]) ? row["textColumns"].map(String) : [],
    predicate: typeof row["predicate"] === "string" ? row["predicate"] : null,
  }));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
