import { plainName } from "../settings.ts";

const statement = /^\s*\(?\s*(select|insert\s+into|update|delete\s+from|with|merge\s+into|copy|truncate|table)\s/i;
const table =
  /\b(from|join|into|update|truncate(?:\s+table)?|copy|using)\s+(?:only\s+|lateral\s+)?("[^"]+"(?:\."[^"]+")?|[a-z_][\w.$]*)(\s*\()?/gi;
const commonTable =
  /(?:\bwith|,)\s*(?:recursive\s+)?"?(\w+)"?\s*(?:\([^)]*\)\s*)?as\s+(?:not\s+)?(?:materialized\s*)?\(/gi;
const noTable = /^(select|set|values|lateral|unnest|only|nothing|stdin|stdout)$/i;
const catalog = /^(pg_|information_schema\.)/i;

/** Whether text is a whole statement that touches rows, and not a fragment such as `now()`. */
export function isStatement(sql: string): boolean {
  return statement.test(withoutText(sql));
}

/** The tables that a statement names. Catalogs, functions and common table expressions are none. */
export function tablesIn(sql: string): string[] {
  const clean = withoutText(sql);
  const common = new Set([...clean.matchAll(commonTable)].map(([, name = ""]) => name.toLowerCase()));
  const found = [...clean.matchAll(table)].filter((match) => isTable(clean, match)).map(([, , name = ""]) => name);
  const tables = found.filter((name) => !noTable.test(name) && !catalog.test(name) && !common.has(name.toLowerCase()));
  return [...new Set(tables)];
}

/** Whether a statement narrows itself to a tenant: a column of it after WHERE or ON, or anywhere in an INSERT. */
export function isNarrowed(sql: string, tenantColumns: readonly string[]): boolean {
  const clean = withoutText(sql);
  const isInsert = /\binsert\s+into\b/i.test(clean);
  const start = isInsert ? 0 : clean.search(/\b(where|on|using)\b/i);
  if (start === -1) return false;
  const words = clean.slice(start).match(/[a-z_]\w*/gi) ?? [];
  return words.some((word) => tenantColumns.includes(plainName(word)));
}

function isTable(sql: string, match: RegExpExecArray): boolean {
  const [, keyword = "", , parenthesis] = match;
  const before = sql.slice(Math.max(0, match.index - 200), match.index);
  const word = keyword.toLowerCase();
  if (word === "update") return !/\b(for|no\s+key|do|on)\s+$/i.test(before);
  if (word === "from" && /\bdistinct\s+$/i.test(before)) return false;
  if (word === "from" && /\b(extract|substring|trim|overlay|position)\s*\([^()]*$/i.test(before)) return false;
  return parenthesis === undefined || word === "into" || word === "copy";
}

/** Without comments and the content of strings: what is in them is no SQL. */
function withoutText(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, (part) => (part.startsWith("'") ? "''" : " "));
}
