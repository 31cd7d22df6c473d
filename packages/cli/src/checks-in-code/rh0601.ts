import pg from "pg";
import { scanSql, type Token } from "../expression/scan-sql.ts";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { beginsStatement, isWord, readCalls } from "../expression/read-calls.ts";

const statement = `
select p.oid::regprocedure::text as signature, p.prokind = 'p' as procedure,
  coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as body,
  (select min(lower(split_part(x.entry, '=', 1))) from unnest(p.proconfig) as x (entry), given as g
    where lower(split_part(x.entry, '=', 1)) in (select lower(s) from unnest(g.settings) as s)) as clause
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
join pg_language as l on l.oid = p.prolang and l.lanname in ('sql', 'plpgsql')
where (p.prosqlbody is not null or p.prosrc ~* '\\mset(_config)?\\M')
  and not exists (
    select from pg_depend as d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  -- A trigger asks nobody whether its function may be executed.
  and (exists (select from pg_trigger as t where t.tgfoid = p.oid and not t.tgisinternal)
    or exists (
      select from app_role as a
      where has_function_privilege(a.oid, p.oid, 'EXECUTE') and has_schema_privilege(a.oid, n.oid, 'USAGE')))
order by 1`;

interface Switch {
  readonly index: number;
  readonly setting: string;
  /** Until the session ends, not the transaction. */
  readonly lasting: boolean;
}

/** RH0601: functions that change the tenant and let whoever called them go on under another. */
export async function rh0601(inspection: Inspection): Promise<readonly RawFinding[]> {
  const settings = inspection.subject.contextSettings.map((name) => name.toLowerCase());
  return (await inspection.rows(statement)).flatMap(({ signature, procedure, body, clause }) => {
    const tokens = scanSql(String(body));
    const switches = readSwitches(tokens, settings);
    const lasting = switches.find((each) => each.lasting);
    if (lasting !== undefined) return [tellLasting(String(signature), lasting)];
    const last = switches.at(-1);
    // A clause of the function brings back what was there before.
    if (last === undefined || clause === last.setting || !worksAfter(tokens, last.index)) return [];
    return [
      tellLeft(String(signature), last, procedure === true || tokens.some((each) => isWord(each, "current_setting"))),
    ];
  });
}

function tellLasting(object: string, { setting }: Switch): RawFinding {
  const detail = `It sets ${setting} for the rest of the session, which a pool hands on to the next request.`;
  return { level: "error", object, about: "", detail, fix: null };
}

function tellLeft(object: string, { setting }: Switch, undecided: boolean): RawFinding {
  const detail = `It sets ${setting}, works, and returns without setting it back: its caller goes on as that tenant.`;
  // Not where the function asks for the caller's tenant, which the clause would hide from it, nor where it may commit.
  const fix = undecided ? null : `alter function ${object} set ${pg.escapeIdentifier(setting)} = ''`;
  return { level: null, object, about: "", detail, fix };
}

function readSwitches(tokens: readonly Token[], settings: readonly string[]): readonly Switch[] {
  return [
    ...readFunctionSwitches(tokens, settings),
    ...readStatementSwitches(tokens, settings),
    ...readDynamicSwitches(tokens, settings),
  ].sort((one, other) => one.index - other.index);
}

function readFunctionSwitches(tokens: readonly Token[], settings: readonly string[]): readonly Switch[] {
  return readCalls(tokens, "set_config").flatMap(({ index, values: [name = [], , local = []] }) => {
    const setting = name.find(({ kind, value }) => kind === "string" && settings.includes(value.toLowerCase()));
    if (setting === undefined) return [];
    return [{ index, setting: setting.value.toLowerCase(), lasting: local.length === 1 && isWord(local[0], "false") }];
  });
}

function readStatementSwitches(tokens: readonly Token[], settings: readonly string[]): readonly Switch[] {
  return tokens.flatMap((token, index) => {
    if (!isWord(token, "set") || !beginsStatement(tokens, index)) return [];
    const scoped = isWord(tokens[index + 1], "local", "session");
    const start = index + (scoped ? 2 : 1);
    const end = tokens.findIndex((each, at) => at >= start && isWord(each, "=", "to"));
    const setting = tokens
      .slice(start, end)
      .map(({ value }) => value.toLowerCase())
      .join("");
    if (end === -1 || !settings.includes(setting)) return [];
    return [{ index, setting, lasting: !isWord(tokens[index + 1], "local") }];
  });
}

/** What a body runs as a text: `execute format('set local …')`. Texts that are only said, as by RAISE, switch nothing. */
function readDynamicSwitches(tokens: readonly Token[], settings: readonly string[]): readonly Switch[] {
  return tokens.flatMap(({ kind, value }, index) => {
    if (kind !== "string" || !isExecuted(tokens, index)) return [];
    const inner = scanSql(value);
    return [...readFunctionSwitches(inner, settings), ...readStatementSwitches(inner, settings)].map((each) => ({
      ...each,
      index,
    }));
  });
}

function isExecuted(tokens: readonly Token[], index: number): boolean {
  const before = tokens.slice(0, index);
  const start = before.findLastIndex((each) => isWord(each, ";"));
  return before.slice(start + 1).some((each) => isWord(each, "execute"));
}

const work = ["select", "insert", "update", "delete", "merge", "perform", "execute", "call"];

/** A function whose last act is to set the tenant is there to do that, or brings back the one from before. */
function worksAfter(tokens: readonly Token[], index: number): boolean {
  const end = tokens.findIndex((each, at) => at > index && isWord(each, ";"));
  return end !== -1 && tokens.slice(end).some((each) => isWord(each, ...work));
}
