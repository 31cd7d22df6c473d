import { scanSql, type Token } from "../expression/scan-sql.ts";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { beginsStatement, isWord, readCalls } from "../expression/read-calls.ts";

const statement = `
select p.oid::regprocedure::text as signature, p.prosrc as body, min(r.name) as "table"
from pg_proc as p
join pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
join pg_trigger as t on t.tgfoid = p.oid and not t.tgisinternal
join tenant_table as r on r.oid = t.tgrelid
where p.prosrc ~* 'pg_notify'
group by p.oid, p.prosrc
order by 1`;

/** RH0606: triggers that tell a tenant's rows to everybody who listens. */
export async function rh0606(inspection: Inspection): Promise<readonly RawFinding[]> {
  const { tenantColumn } = inspection.subject;
  return (await inspection.rows(statement)).flatMap(({ signature, body, table }) => {
    const tokens = scanSql(String(body));
    const channels = readCalls(tokens, "pg_notify").flatMap(({ values: [channel = [], payload = []] }) => {
      const name = channel.length === 1 && channel[0]?.kind === "string" ? channel[0].value : undefined;
      return name !== undefined && tellsRow(expand(tokens, payload), tenantColumn) ? [name] : [];
    });
    return [...new Set(channels)].map((channel) => ({
      level: null,
      object: String(signature),
      about: channel,
      detail: `As a trigger of ${String(table)} it sends what is in the row to the channel ${channel}, and every role may listen there.`,
      fix: null,
    }));
  });
}

/** The payload, with what was put into its variables before. */
function expand(tokens: readonly Token[], payload: readonly Token[], seen: ReadonlySet<string> = new Set()): Token[] {
  const names = new Set(payload.map(({ value }) => value).filter((name) => !seen.has(name)));
  const values = tokens.flatMap(({ kind, value }, index) =>
    kind === "word" && names.has(value) && beginsStatement(tokens, index) ? readAssigned(tokens, index) : [],
  );
  return values.length === 0 ? [...payload] : [...payload, ...expand(tokens, values, new Set([...seen, ...names]))];
}

/** `name := value;`, `name = value;` or, in a declaration, `name type := value;` */
function readAssigned(tokens: readonly Token[], index: number): readonly Token[] {
  const length = tokens.slice(index).findIndex((each) => isWord(each, ";"));
  const assignment = tokens.slice(index, length === -1 ? undefined : index + length);
  const sign = assignment.findIndex((each) => isWord(each, ":=", "=", "default"));
  return sign === -1 ? [] : assignment.slice(sign + 1);
}

/** More of NEW or OLD than what only names the row. */
function tellsRow(tokens: readonly Token[], tenantColumn: string): boolean {
  return tokens.some((token, index) => {
    if (!isWord(token, "new", "old")) return false;
    const column = isWord(tokens[index + 1], ".") ? tokens[index + 2]?.value : undefined;
    return column === undefined || !(column === "id" || column === tenantColumn || column.endsWith("_id"));
  });
}
