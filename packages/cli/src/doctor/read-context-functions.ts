import { parseStatement } from "../expression/parse-expression.ts";
import type { Node } from "libpg-query";
import type { Inspection } from "./inspection.ts";

const statement = `
select distinct n.nspname || '.' || f.proname as name,
  coalesce(pg_get_function_sqlbody(f.oid), f.prosrc) as body
from policy as p
join pg_depend as d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
join pg_proc as f on f.oid = d.refobjid and f.pronargs = 0
join pg_namespace as n on n.oid = f.pronamespace and n.nspname <> 'pg_catalog'
join pg_language as l on l.oid = f.prolang and l.lanname = 'sql'
order by name`;

/** What Rowhouse's own functions of a sealed context stand for: the seal names what the setting of the same transaction names. */
const sealed: ReadonlyMap<string, Node | undefined> = new Map(
  [
    ["sealed_organization", 4, "organization_id"],
    ["sealed_user", 5, "user_id"],
  ].map(([name, place, setting]) => [
    `rowhouse.${name} RETURN (NULLIF(rowhouse.sealed_claim(${place}), ''::text))::uuid`,
    parseStatement(`SELECT nullif(current_setting('rowhouse.${setting}', true), '')::uuid`),
  ]),
);

/** What the functions without parameters that policies call return, by name; only those whose body is one expression. */
export async function readContextFunctions(inspection: Inspection): Promise<ReadonlyMap<string, Node>> {
  const bodies = new Map<string, Node>();
  for (const { name, body } of await inspection.rows(statement)) {
    const expression = typeof body === "string" ? parseStatement(toSelect(body)) : undefined;
    const meant = sealed.get(`${String(name)} ${String(body).replace(/\s+/g, " ")}`) ?? expression;
    if (meant !== undefined) bodies.set(String(name), meant);
  }
  return bodies;
}

function toSelect(body: string): string {
  return body
    .trim()
    .replace(/^RETURN\b/i, "SELECT")
    .replace(/^BEGIN ATOMIC\b/i, "")
    .replace(/;\s*END$/i, "");
}
