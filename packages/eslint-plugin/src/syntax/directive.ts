import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { FunctionNode } from "./resolve.ts";

/** `"use server"`, `"use cache"` at the top of a file or a function. */
export function hasDirective(node: TSESTree.Program | FunctionNode, directive: RegExp): boolean {
  const body = node.type === T.Program ? node.body : node.body.type === T.BlockStatement ? node.body.body : [];
  for (const statement of body) {
    if (statement.type !== T.ExpressionStatement || statement.expression.type !== T.Literal) return false;
    const { value } = statement.expression;
    if (typeof value !== "string") return false;
    if (directive.test(value)) return true;
  }
  return false;
}
