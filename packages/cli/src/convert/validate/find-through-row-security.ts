import pg from "pg";
import { ownedTables } from "../phases/derivation-sql.ts";
import { name } from "../phases/names.ts";
import type { ConversionFinding } from "./conversion-finding.ts";
import type { Validation } from "./validation.ts";

/** So many organizations are looked at as their members will. */
const sampled = 10;

interface Sight {
  readonly rows: string;
  readonly mark: string | null;
}

/** What row security really lets the runtime role see of some organizations, against what lies there. */
export async function findThroughRowSecurity(validation: Validation): Promise<ConversionFinding[]> {
  const { client, plan } = validation;
  const { rows: organizations } = await client.query<{ id: string }>(
    `select organization_id as id from (
       select organization_id, row_number() over (partition by kind order by key) as place from rowhouse_convert.owners) o
     order by place, id limit ${sampled}`,
  );
  const findings: ConversionFinding[] = [];
  for (const table of ownedTables(plan)) {
    const shared = table.class === "mixed" ? `or t.${name(plan.column)} is null` : "";
    const all = `select count(*) as rows, sum(hashtextextended(concat(t.tableoid, t.ctid), 0)) as mark from ${table.table} t`;
    const wrong: string[] = [];
    for (const { id } of organizations) {
      const there = await client.query<Sight>(`${all} where t.${name(plan.column)} = $1 ${shared}`, [id]);
      const seen = await seeAs(validation, id, all);
      const said = describeDifference(there.rows[0], seen);
      if (said !== null) wrong.push(`organization ${id}: ${said}`);
    }
    if (wrong.length > 0)
      findings.push({
        rule: "row-security",
        table: table.table,
        detail: `As ${validation.runtimeRole} an organization sees other rows than its own.`,
        count: wrong.length,
        sample: wrong.slice(0, 3),
      });
  }
  return findings;
}

/** Whoever may not even look sees nothing; that is told as well. */
async function seeAs(
  { client, runtimeRole }: Validation,
  organization: string,
  query: string,
): Promise<Sight | string> {
  await client.query("savepoint as_runtime");
  try {
    await client.query(`set local role ${pg.escapeIdentifier(runtimeRole)}`);
    await client.query("set local row_security = on");
    await client.query("select set_config('rowhouse.organization_id', $1, true)", [organization]);
    const { rows } = await client.query<Sight>(query);
    return rows[0] ?? "nothing came back";
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return `Postgres answered ${error.code ?? "without a code"}: ${error.message}`;
  } finally {
    // Takes back the role and the settings, too.
    await client.query("rollback to savepoint as_runtime");
  }
}

function describeDifference(there: Sight | undefined, seen: Sight | string): string | null {
  if (typeof seen === "string") return seen;
  if (there?.rows === seen.rows && there.mark === seen.mark) return null;
  return `${seen.rows} rows seen, ${there?.rows ?? "0"} there`;
}
