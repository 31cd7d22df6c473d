import type { Inspection, RawFinding } from "../doctor/inspection.ts";

const calls = `
select p.polname::text as policy, p.polrelid::text as "tableId", p.table_name as "table", r.relname::text as "relation",
  n.nspname::text as schema, f.proname::text as function, f.name as signature
from policy as p
join relation as r on r.oid = p.polrelid
join pg_catalog.pg_depend as d
  on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_catalog.pg_proc'::regclass
join routine as f on f.oid = d.refobjid and f.pronargs > 0
join pg_catalog.pg_namespace as n on n.oid = f.pronamespace
where p.applies
  -- Postgres puts only a SQL function of one plain expression into the query.
  and (f.lanname <> 'sql' or f.prosecdef or f.proconfig is not null or f.proretset
    or coalesce(pg_catalog.pg_get_function_sqlbody(f.oid), f.prosrc) ~* '\\m(from|exists)\\M')
order by p.table_name, p.polname, f.name`;

/** Policies that call a function for each row, one that cannot become a part of the query. */
export async function rh0703(inspection: Inspection): Promise<readonly RawFinding[]> {
  const policies = new Map((await inspection.policies()).map((policy) => [`${policy.tableId} ${policy.name}`, policy]));
  return (await inspection.rows(calls)).flatMap((row) => {
    const text = (key: string): string => String(row[key]);
    const policy = policies.get(`${text("tableId")} ${text("policy")}`);
    const called = { schema: text("schema"), function: text("function"), relation: text("relation") };
    const perRow = [policy?.using, policy?.check].some((expression) => callsPerRow(expression?.node, called, 0));
    if (!perRow) return [];
    return {
      level: null,
      object: text("table"),
      about: `${text("policy")} ${text("signature")}`,
      detail: `The policy ${text("policy")} calls ${text("signature")} once for each row that it looks at.`,
      fix: null,
    };
  });
}

interface Called {
  readonly schema: string;
  readonly function: string;
  /** The policy's table, as subqueries name it. */
  readonly relation: string;
}

function callsPerRow(node: unknown, called: Called, depth: number): boolean {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([key, value]: [string, unknown]) => {
    if (key === "FuncCall" && isCallOf(value, called) && readsRow(value, called, depth)) return true;
    return callsPerRow(value, called, key === "SubLink" ? depth + 1 : depth);
  });
}

function isCallOf(call: unknown, { schema, function: name }: Called): boolean {
  const names = namesOf(call, "funcname");
  return names.at(-1) === name && names.at(-2) === schema;
}

/** In a subquery the row's own columns bear the table's name; Postgres gives every other table of that name an alias. */
function readsRow(node: unknown, called: Called, depth: number): boolean {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([key, value]: [string, unknown]) => {
    if (key === "ColumnRef") return depth === 0 || namesOf(value, "fields").at(-2) === called.relation;
    return readsRow(value, called, key === "SubLink" ? depth + 1 : depth);
  });
}

function namesOf(node: unknown, key: string): readonly unknown[] {
  const parts: unknown = typeof node === "object" && node !== null ? Reflect.get(node, key) : undefined;
  if (!Array.isArray(parts)) return [];
  return parts.map((part: { String?: { sval?: string } }) => part.String?.sval);
}
