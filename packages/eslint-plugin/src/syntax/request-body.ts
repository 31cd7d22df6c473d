import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "./code.ts";
import { destructuredFrom, initializerOf, isFunction, resolve, variableOf } from "./resolve.ts";
import { calleeName, literalText, propertyName, receiverOf, unwrap } from "./unwrap.ts";

const mostSteps = 12;
const requestName = /^(req|request|_?request|ctx|c|context)$/;

/** Whether a value is what the caller sent in a body, a form or a query string: also parsed, and by way of variables. */
export function isSent(code: Code, start: TSESTree.Node, step = 0): boolean {
  if (step > mostSteps) return false;
  const node = unwrap(start);
  const again = (next: TSESTree.Node) => isSent(code, next, step + 1);
  switch (node.type) {
    case T.Identifier:
      return isSentName(code, node, again);
    case T.MemberExpression:
      return isRequestPart(code, node) || again(node.object);
    case T.CallExpression:
      return isSentByCall(node, again);
    case T.LogicalExpression:
      return again(node.left) || again(node.right);
    default:
      return false;
  }
}

function isSentName(code: Code, name: TSESTree.Identifier, again: (node: TSESTree.Node) => boolean): boolean {
  const init = initializerOf(code, name);
  if (init !== undefined) return again(init);
  const taken = destructuredFrom(code, name);
  if (taken !== undefined) return again(taken.init) || isPartOfRequest(taken);
  const definition = variableOf(code, name)?.defs[0];
  if (definition === undefined || !isFunction(definition.node)) return false;
  // `searchParams` of a page, `({ body }) =>` of a handler.
  return (
    name.name === "searchParams" || (/^(body|query)$/.test(name.name) && definition.name.parent?.type === T.Property)
  );
}

function isPartOfRequest({ init, path }: { readonly init: TSESTree.Node; readonly path: readonly string[] }): boolean {
  const from = unwrap(init);
  return from.type === T.Identifier && requestName.test(from.name) && /^(body|query)$/.test(path[0] ?? "");
}

/** `request.body`, `req.query`, `new URL(request.url).searchParams`, `request.nextUrl.searchParams`. */
function isRequestPart(code: Code, node: TSESTree.MemberExpression): boolean {
  const name = propertyName(node) ?? "";
  if (name === "searchParams") return true;
  const object = resolve(code, node.object);
  return /^(body|query)$/.test(name) && object.type === T.Identifier && requestName.test(object.name);
}

/** `request.json()`, `c.req.json()`, `c.req.valid("json")`, `schema.parse(body)`, `Object.fromEntries(form)`. */
function isSentByCall(call: TSESTree.CallExpression, again: (node: TSESTree.Node) => boolean): boolean {
  const name = calleeName(call) ?? "";
  const receiver = receiverOf(call);
  if (/^(json|formData|parseBody)$/.test(name)) return receiver !== undefined && isRequest(receiver);
  if (name === "valid") return /^(json|form|query)$/.test(literalText(call.arguments[0]) ?? "");
  if (name === "useSearchParams") return true;
  if (/^(query|queries)$/.test(name)) return receiver !== undefined && isRequest(receiver);
  const isParser = /^(safe)?parse(Async)?$|^validate|^fromEntries$|^parse[A-Z]/.test(name);
  return isParser && call.arguments.some((argument) => again(argument));
}

function isRequest(node: TSESTree.Node): boolean {
  const found = unwrap(node);
  if (found.type === T.Identifier) return requestName.test(found.name);
  if (found.type === T.MemberExpression) return /^(req|request)$/.test(propertyName(found) ?? "");
  // `request.clone().json()`
  return found.type === T.CallExpression && calleeName(found) === "clone";
}

/** Whether `.get("organizationId")` is asked of a form or of the query string. */
export function isForm(code: Code, node: TSESTree.Node): boolean {
  const found = unwrap(node);
  if (isSent(code, found)) return true;
  const made = resolve(code, found);
  if (made.type === T.NewExpression) return /^(FormData|URLSearchParams)$/.test(calleeName(made) ?? "");
  if (found.type !== T.Identifier) return false;
  const definition = variableOf(code, found)?.defs[0]?.name;
  const type = definition?.type === T.Identifier ? definition.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type === T.TSTypeReference && type.typeName.type === T.Identifier) {
    return /^(FormData|URLSearchParams|ReadonlyURLSearchParams)$/.test(type.typeName.name);
  }
  return /^(form|formData|searchParams)$/.test(found.name);
}
