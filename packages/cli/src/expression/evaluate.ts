import type { A_Const, A_Expr, BoolExpr, CaseExpr, ColumnRef, FuncCall, Node, SubLink, TypeCast } from "libpg-query";
import {
  and,
  chosen,
  equals,
  free,
  isFalse,
  isNull,
  isSame,
  isSwitch,
  isTrue,
  isUnknown,
  not,
  nullTest,
  opaque,
  or,
  raises,
  text,
  type Value,
} from "./value.ts";
import { lastName, namesOf } from "./names-of.ts";

/** Who reaches for which row. */
export interface Situation {
  readonly tenantColumn: string;
  /** What the row has in the tenant column. */
  readonly row: Value;
  /** What the transaction's tenant is, as the setting gives it: `null` and an empty text are the two ways to have none. */
  readonly context: Value;
  readonly contextSettings: readonly string[];
  /** The bodies of functions without parameters, by the name under which policies call them. */
  readonly functions: ReadonlyMap<string, Node>;
}

/** What a condition comes to in a situation, as far as that can be told without the rows. */
export function evaluate(node: Node, situation: Situation): Value {
  const value = (inner: Node | undefined): Value => (inner === undefined ? isNull : evaluate(inner, situation));
  const values = (list: readonly Node[] | undefined): Value[] => (list ?? []).map(value);
  if ("A_Const" in node) return constant(node.A_Const);
  if ("ColumnRef" in node) return column(node.ColumnRef, situation);
  if ("TypeCast" in node) return cast(node.TypeCast, value(node.TypeCast.arg));
  if ("A_Expr" in node) return operation(node.A_Expr, situation);
  if ("BoolExpr" in node) return combine(node.BoolExpr, values(node.BoolExpr.args));
  if ("FuncCall" in node) return call(node.FuncCall, situation);
  if ("CoalesceExpr" in node) return firstPresent(values(node.CoalesceExpr.args));
  if ("CaseExpr" in node) return choose(node.CaseExpr, value);
  if ("SubLink" in node) return subselect(node.SubLink, value);
  if ("NullTest" in node) {
    const tested = nullTest(value(node.NullTest.arg));
    return node.NullTest.nulltesttype === "IS_NOT_NULL" ? not(tested) : tested;
  }
  if ("BooleanTest" in node) return testTruth(node.BooleanTest.booltesttype ?? "", value(node.BooleanTest.arg));
  return opaque;
}

function constant({ isnull, boolval, sval, ival, fval }: A_Const): Value {
  if (isnull === true) return isNull;
  if (boolval !== undefined) return boolval.boolval === true ? isTrue : isFalse;
  if (sval !== undefined) return text(sval.sval ?? "");
  return text(String(ival?.ival ?? fval?.fval ?? 0));
}

function column({ fields }: ColumnRef, { tenantColumn, row }: Situation): Value {
  return lastName(fields) === tenantColumn ? row : free;
}

const texts = new Set(["text", "varchar", "bpchar", "name"]);

function cast({ typeName }: TypeCast, value: Value): Value {
  const type = lastName(typeName?.names);
  if (value.kind === "chosen" && type === "bool") return isSwitch;
  if (value.kind !== "text") return value;
  if (type === "bool") return /^(t|true|on|yes|1)$/i.test(value.text) ? isTrue : isFalse;
  return value.text === "" && type !== undefined && !texts.has(type) ? raises : value;
}

function operation({ kind, name, lexpr, rexpr }: A_Expr, situation: Situation): Value {
  const left = lexpr === undefined ? isNull : evaluate(lexpr, situation);
  const list = listOf(rexpr)?.map((node) => evaluate(node, situation));
  const right = rexpr === undefined || list !== undefined ? opaque : evaluate(rexpr, situation);
  if (kind === "AEXPR_NULLIF") return equals(left, right) === isTrue ? isNull : left;
  if (kind === "AEXPR_NOT_DISTINCT") return isSame(left, right);
  if (kind === "AEXPR_DISTINCT") return not(isSame(left, right));
  const [symbol] = namesOf(name);
  const among = list === undefined ? equals(left, right) : or(list.map((each) => equals(left, each)));
  if (symbol === "=" && kind !== "AEXPR_OP_ALL") return among;
  if (symbol === "<>" && kind !== "AEXPR_OP_ANY") return not(among);
  const kinds = [left, right, ...(list ?? [])].map((value) => value.kind);
  return kinds.some((each) => each === "opaque" || each === "chosen" || each === "switch") ? opaque : free;
}

/** `IN (…)` and `= ANY (ARRAY[…])`. */
function listOf(node: Node | undefined): readonly Node[] | undefined {
  if (node === undefined) return undefined;
  if ("List" in node) return node.List.items ?? [];
  if ("A_ArrayExpr" in node) return node.A_ArrayExpr.elements ?? [];
  return undefined;
}

function combine({ boolop }: BoolExpr, values: readonly Value[]): Value {
  if (boolop === "NOT_EXPR") return not(values[0] ?? isNull);
  return boolop === "AND_EXPR" ? and(values) : or(values);
}

function call(node: FuncCall, situation: Situation): Value {
  const name = namesOf(node.funcname).join(".");
  const [first, missingOk] = node.args ?? [];
  if (/^(pg_catalog\.)?current_setting$/.test(name)) {
    const setting = first === undefined ? isNull : evaluate(first, situation);
    if (setting.kind !== "text") return opaque;
    if (!situation.contextSettings.includes(setting.text)) return chosen;
    return situation.context.kind === "null" && missingOk === undefined ? raises : situation.context;
  }
  const body = situation.functions.get(name);
  if (body === undefined || first !== undefined) return opaque;
  // A body may call others, and its own name is out of reach there: that ends what would go around.
  const functions = new Map([...situation.functions].filter(([other]) => other !== name));
  return evaluate(body, { ...situation, functions });
}

function firstPresent(values: readonly Value[]): Value {
  for (const value of values) if (value.kind !== "null") return value;
  return isNull;
}

function choose({ args = [], defresult, arg }: CaseExpr, value: (node: Node | undefined) => Value): Value {
  if (arg !== undefined) return opaque;
  const possible: Value[] = [];
  for (const when of args) {
    if (!("CaseWhen" in when)) return opaque;
    const condition = value(when.CaseWhen.expr);
    if (condition === isTrue) return or([...possible, value(when.CaseWhen.result)]);
    if (isUnknown(condition)) possible.push(and([condition, value(when.CaseWhen.result)]));
  }
  return or([...possible, value(defresult)]);
}

/** `(SELECT expression)` is that expression, computed once; any other subselect is for its tables to decide. */
function subselect({ subLinkType, subselect: inner }: SubLink, value: (node: Node | undefined) => Value): Value {
  if (subLinkType !== "EXPR_SUBLINK" || inner === undefined || !("SelectStmt" in inner)) return opaque;
  const { fromClause, whereClause, targetList = [] } = inner.SelectStmt;
  const [target] = targetList;
  if (fromClause !== undefined || whereClause !== undefined || target === undefined || !("ResTarget" in target))
    return opaque;
  return value(target.ResTarget.val);
}

function testTruth(test: string, value: Value): Value {
  if (isUnknown(value)) return value;
  const [tested, negated] = [test.replace("IS_NOT_", "IS_"), test.startsWith("IS_NOT_")];
  const holds = tested === "IS_UNKNOWN" ? nullTest(value) : isSame(value, tested === "IS_TRUE" ? isTrue : isFalse);
  return negated ? not(holds) : holds;
}
