import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "../syntax/code.ts";
import { functionOf, resolve } from "../syntax/resolve.ts";
import { calleeName, receiverOf, unwrap } from "../syntax/unwrap.ts";

const deepest = 40;
const quoting = /^(quote|escape)_?(identifier|literal|ident|name)s?$|^(format|identifier|literal)$/i;

/** Whether text is made of nothing but what is written in the file, and of names that were quoted. */
export function isSafeText(code: Code, start: TSESTree.Node, depth = 0): boolean {
  const node = resolve(code, start);
  const known = code.isSafeText.get(node);
  if (known !== undefined) return known;
  code.isSafeText.set(node, false);
  const answer = depth < deepest && decide(code, node, depth + 1);
  code.isSafeText.set(node, answer);
  return answer;
}

function decide(code: Code, node: TSESTree.Node, depth: number): boolean {
  const isSafe = (part: TSESTree.Node | null) => part !== null && isSafeText(code, part, depth);
  switch (node.type) {
    case T.Literal:
      return true;
    case T.TemplateLiteral:
      return node.expressions.every((part, index) => isPlaceholder(node.quasis[index]) || isSafe(part));
    case T.BinaryExpression:
      return concatenated(node).every(isSafe);
    case T.ConditionalExpression:
      return isSafe(node.consequent) && isSafe(node.alternate);
    case T.LogicalExpression:
      return isSafe(node.left) && isSafe(node.right);
    case T.ArrayExpression:
      return node.elements.every(isSafe);
    case T.ObjectExpression:
      return node.properties.every((property) => property.type === T.Property && isSafe(property.value));
    case T.MemberExpression: {
      const object = resolve(code, node.object);
      return (object.type === T.ObjectExpression || object.type === T.ArrayExpression) && isSafe(object);
    }
    case T.CallExpression:
      return isSafeCall(code, node, depth);
    default:
      return false;
  }
}

function isSafeCall(code: Code, call: TSESTree.CallExpression, depth: number): boolean {
  const name = calleeName(call) ?? "";
  if (quoting.test(name)) return true;
  const receiver = receiverOf(call);
  if (receiver === undefined) return name === "Number" || name === "parseInt";
  if (name === "join" || name === "trim" || name === "filter") return isSafeText(code, receiver, depth);
  const each = call.arguments[0];
  if (name !== "map" || each === undefined) return false;
  // `ids.map((_, index) => `$${index + 1}`)`, `names.map(quoteIdentifier)`.
  const found = unwrap(each);
  if (found.type === T.Identifier && quoting.test(found.name)) return true;
  const body = functionOf(code, each)?.body;
  return body !== undefined && body.type !== T.BlockStatement && isSafeText(code, body, depth);
}

function concatenated(node: TSESTree.BinaryExpression): TSESTree.Node[] {
  const parts: TSESTree.Node[] = [];
  let left: TSESTree.Node = node;
  while (left.type === T.BinaryExpression && left.operator === "+") {
    if (!isPlaceholderText(left.left)) parts.push(left.right);
    left = left.left;
  }
  return [...parts, left];
}

/** `$` before a value: the number of a parameter follows. */
function isPlaceholder(before: TSESTree.TemplateElement | undefined): boolean {
  return before?.value.raw.endsWith("$") === true;
}

function isPlaceholderText(node: TSESTree.Node): boolean {
  const last = node.type === T.BinaryExpression ? node.right : node;
  return last.type === T.Literal && typeof last.value === "string" && last.value.endsWith("$");
}
