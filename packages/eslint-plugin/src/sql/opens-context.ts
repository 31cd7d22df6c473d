import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "../syntax/code.ts";
import { functionAround } from "../syntax/resolve.ts";
import { walk } from "../syntax/walk.ts";

const known = new WeakMap<TSESTree.Node, boolean>();
const context = /\bset_config\s*\(|^\s*set\s+local\s+(?!statement_timeout|lock_timeout)[\w".]+/i;

/** Whether the functions around a node, up to the outermost, set a context for the transaction by hand before they query. */
export function opensContext(code: Code, node: TSESTree.Node): boolean {
  for (let around = functionAround(node); around !== undefined; around = functionAround(around)) {
    const found = known.get(around) ?? [...walk(code, around)].some(isContext);
    known.set(around, found);
    if (found) return true;
  }
  return false;
}

function isContext(node: TSESTree.Node): boolean {
  if (node.type === T.Literal) return typeof node.value === "string" && context.test(node.value);
  return node.type === T.TemplateLiteral && context.test(node.quasis.map(({ value }) => value.raw).join("?"));
}
