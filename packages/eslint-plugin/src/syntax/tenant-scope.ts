import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { plainName } from "../settings.ts";
import type { Code } from "./code.ts";
import { destructuredFrom, initializerOf, isFunction, variableOf, type FunctionNode } from "./resolve.ts";
import { calleeName, literalText, propertyName, receiverOf, unwrap } from "./unwrap.ts";

/** Whether an expression is a tenant scope, or what one gave: `tenant.db`, `tx` of `tenant.transaction`, `queryOf(tenant)`. */
export function isTenantScope(code: Code, node: TSESTree.Node): boolean {
  const found = unwrap(node);
  const known = code.isScope.get(found);
  if (known !== undefined) return known;
  // Until it is known it is none: a name may be defined by itself.
  code.isScope.set(found, false);
  const answer = decide(code, found);
  code.isScope.set(found, answer);
  return answer;
}

function decide(code: Code, start: TSESTree.Node): boolean {
  let node = start;
  for (;;) {
    if (node.type === T.Identifier) return isScopeName(code, node);
    if (node.type === T.MemberExpression) {
      if (code.settings.scopes.has(propertyName(node) ?? "")) return true;
      node = unwrap(node.object);
    } else if (node.type === T.CallExpression) {
      if (givesScope(code, node)) return true;
      node = unwrap(node.callee);
    } else {
      return false;
    }
  }
}

/** `c.get("tenant")`, `scoped(…)` by its name, `queryOf(tenant)`, `clientFor(organizationId)`. */
function givesScope(code: Code, call: TSESTree.CallExpression): boolean {
  const name = calleeName(call);
  if (name !== undefined && code.settings.scopes.has(name)) return true;
  if (name === "get" && code.settings.scopes.has(literalText(call.arguments[0]) ?? "")) return true;
  if (receiverOf(call) !== undefined && isCondition(name)) return false;
  return call.arguments.some((argument) => {
    const value = unwrap(argument);
    if (value.type === T.CallExpression) return givesScope(code, value);
    if (value.type === T.MemberExpression || value.type === T.Identifier) {
      return isTenantScopeItself(code, value) || isTenantId(code, value);
    }
    return false;
  });
}

/** What narrows a query takes the organization as a value, and makes nothing a scope. */
function isCondition(name: string | undefined): boolean {
  return /^(where|having|on|set|values|select|join|leftJoin|innerJoin|from|query|execute|set[A-Z].*)$/.test(name ?? "");
}

/** The scope or its handle, not a value that was read from it. */
function isTenantScopeItself(code: Code, node: TSESTree.Identifier | TSESTree.MemberExpression): boolean {
  if (node.type === T.Identifier) return isTenantScope(code, node);
  const name = propertyName(node) ?? "";
  return code.settings.scopes.has(name) || (/^(db|tx|trx|database)$/.test(name) && isTenantScope(code, node));
}

function isTenantId(code: Code, node: TSESTree.Identifier | TSESTree.MemberExpression): boolean {
  const name = node.type === T.Identifier ? node.name : (propertyName(node) ?? "");
  if (code.settings.tenantColumns.includes(plainName(name))) return true;
  return (
    name === "id" &&
    node.type === T.MemberExpression &&
    node.object.type === T.Identifier &&
    code.settings.organizationNames.includes(plainName(node.object.name))
  );
}

function isScopeName(code: Code, name: TSESTree.Identifier): boolean {
  const init = initializerOf(code, name);
  if (init !== undefined) {
    const value = unwrap(init);
    if (value.type === T.NewExpression) return code.settings.scopes.has(calleeName(value) ?? "");
    return isTenantScope(code, value) || (code.settings.scopes.has(name.name) && value.type !== T.Identifier);
  }
  const taken = destructuredFrom(code, name);
  if (
    taken !== undefined &&
    (taken.path.some((key) => code.settings.scopes.has(key)) || isTenantScope(code, taken.init))
  ) {
    return true;
  }
  return code.settings.scopes.has(name.name) || isScopeParameter(code, name);
}

function isScopeParameter(code: Code, name: TSESTree.Identifier): boolean {
  const definition = variableOf(code, name)?.defs[0];
  if (definition === undefined || !isFunction(definition.node)) return false;
  const owner = definition.node;
  const index = owner.params.findIndex((parameter) => contains(parameter, definition.name));
  const parameter = owner.params[index];
  if (parameter === undefined) return false;
  return hasScopeType(code, parameter) || (index === 0 && isHandedScope(code, owner));
}

/** `tenant.transaction((tx) => …)`, `tenancy.enter(place, (scope) => …)`, `organizationAction(…, (scope) => …)`. */
function isHandedScope(code: Code, callback: FunctionNode): boolean {
  const holder = callback.parent.type === T.Property ? callback.parent.parent?.parent : callback.parent;
  if (holder?.type !== T.CallExpression || unwrap(holder.callee) === callback) return false;
  if (code.settings.guards.has(calleeName(holder) ?? "")) return true;
  const receiver = receiverOf(holder);
  return receiver !== undefined && isTenantScope(code, receiver);
}

function hasScopeType(code: Code, parameter: TSESTree.Node): boolean {
  const pattern = parameter.type === T.AssignmentPattern ? parameter.left : parameter;
  if (pattern.type !== T.Identifier && pattern.type !== T.ObjectPattern) return false;
  const type = pattern.typeAnnotation?.typeAnnotation;
  if (type?.type !== T.TSTypeReference) return false;
  const name = type.typeName.type === T.TSQualifiedName ? type.typeName.right : type.typeName;
  return name.type === T.Identifier && code.settings.scopes.has(name.name);
}

function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
