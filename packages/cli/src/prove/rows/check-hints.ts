import type { Node } from "libpg-query";
import { namesOf } from "../../expression/names-of.ts";
import { nodesOf } from "../../expression/nodes-of.ts";
import { parseExpressions } from "../../expression/parse-expression.ts";

/** What conditions compare with: the values that they name, and the patterns. */
export interface Hints {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** Regular expressions. */
  readonly patterns: readonly string[];
  /** Of LIKE, and beginnings that are asked for. */
  readonly likes: readonly string[];
}

/** Reads hints out of conditions. */
export function hintsOf(conditions: readonly string[]): Hints {
  const parsed = parseExpressions(conditions);
  const nodes = [...parsed.values()].flatMap(({ node }) => nodesOf(node));
  const texts = unique(nodes.flatMap(textOf));
  const written = [...nodes.flatMap(numberOf), ...texts.filter((text) => /^-?\d+(\.\d+)?$/.test(text)).map(Number)];
  return {
    texts,
    numbers: unique(written),
    patterns: unique(nodes.flatMap((node) => operandOf(node, ["~", "~*"]))),
    likes: unique(nodes.flatMap((node) => [...operandOf(node, ["~~", "~~*"]), ...beginningOf(node)])),
  };
}

/** The columns that a condition is about, as it names them. */
export function columnsOf(condition: string): readonly string[] {
  const node = parseExpressions([condition]).get(condition)?.node;
  return unique(
    nodesOf(node).flatMap((each) => ("ColumnRef" in each ? (namesOf(each.ColumnRef.fields).at(-1) ?? []) : [])),
  );
}

function textOf(node: Node): string[] {
  if (!("A_Const" in node)) return [];
  const { sval } = node.A_Const;
  return sval === undefined ? [] : [sval.sval ?? ""];
}

function numberOf(node: Node): number[] {
  if (!("A_Const" in node)) return [];
  const { ival, fval } = node.A_Const;
  if (ival !== undefined) return [ival.ival ?? 0];
  return fval === undefined ? [] : [Number(fval.fval)];
}

function operandOf(node: Node, operators: readonly string[]): string[] {
  if (!("A_Expr" in node)) return [];
  const { name, rexpr } = node.A_Expr;
  if (!operators.includes(namesOf(name).at(-1) ?? "")) return [];
  return nodesOf(rexpr).flatMap(textOf);
}

function beginningOf(node: Node): string[] {
  if (!("FuncCall" in node)) return [];
  const name = namesOf(node.FuncCall.funcname).at(-1);
  if (name !== "starts_with") return [];
  return (node.FuncCall.args ?? []).flatMap((arg) => nodesOf(arg).flatMap(textOf)).map((text) => `${text}%`);
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
