import { AST_NODE_TYPES as T, ASTUtils, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "./code.ts";
import { parentOf, propertyName, unwrap } from "./unwrap.ts";

type Variable = TSESLint.Scope.Variable;

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

const mostSteps = 10;

/** The variable that a name means here. */
export function variableOf(code: Code, name: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | undefined {
  return ASTUtils.findVariable(code.source.getScope(name), name.name) ?? undefined;
}

/** What a name stands for, through consts and properties of objects written out in the file; else the node itself. */
export function resolve(code: Code, node: TSESTree.Node): TSESTree.Node {
  let found = unwrap(node);
  for (let step = 0; step < mostSteps; step += 1) {
    const next = resolveOnce(code, found);
    if (next === undefined) return found;
    found = unwrap(next);
  }
  return found;
}

function resolveOnce(code: Code, node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === T.Identifier) return initializerOf(code, node);
  if (node.type !== T.MemberExpression) return undefined;
  const name = propertyName(node);
  const object = unwrap(node.object);
  const value = object.type === T.Identifier ? initializerOf(code, object) : object;
  const written = value === undefined ? undefined : unwrap(value);
  return name !== undefined && written?.type === T.ObjectExpression ? valueOf(written, name) : undefined;
}

/** What `const name = …` gives it. A `let` has more than one value and is nothing to go by. */
export function initializerOf(code: Code, name: TSESTree.Identifier): TSESTree.Node | undefined {
  const declarator = declaratorOf(code, name);
  if (declarator?.id.type !== T.Identifier || declarator.parent.kind !== "const") return undefined;
  return declarator.init ?? undefined;
}

/** `const { a: { b } } = init`, for the name `b`: what it is taken from, and by which properties. */
export function destructuredFrom(
  code: Code,
  name: TSESTree.Identifier,
): { readonly init: TSESTree.Node; readonly path: readonly string[] } | undefined {
  const declarator = declaratorOf(code, name);
  if (declarator === undefined || declarator.id.type === T.Identifier || !declarator.init) return undefined;
  const definition = variableOf(code, name)?.defs[0]?.name;
  return definition === undefined ? undefined : { init: declarator.init, path: pathInPattern(definition, declarator) };
}

/** The properties that lead from a pattern to a name in it. */
export function pathInPattern(name: TSESTree.Node, root: TSESTree.Node): string[] {
  const path: string[] = [];
  for (let node: TSESTree.Node | undefined = name; node !== undefined && node !== root; node = parentOf(node)) {
    if (node.type === T.Property) path.unshift(propertyName(node) ?? "");
  }
  return path;
}

/** Where an imported name comes from: its module and its name there. */
export function importOf(
  code: Code,
  node: TSESTree.Node,
): { readonly from: string; readonly name: string } | undefined {
  const found = unwrap(node);
  if (found.type === T.MemberExpression) {
    const whole = found.object.type === T.Identifier ? importOf(code, found.object) : undefined;
    const name = propertyName(found);
    return whole === undefined || name === undefined ? undefined : { from: whole.from, name };
  }
  if (found.type !== T.Identifier) return undefined;
  const definition = variableOf(code, found)?.defs[0];
  if (definition?.parent?.type !== T.ImportDeclaration) return undefined;
  const from = definition.parent.source.value;
  if (definition.node.type !== T.ImportSpecifier) return { from, name: "default" };
  const { imported } = definition.node;
  return { from, name: imported.type === T.Identifier ? imported.name : imported.value };
}

/** The function that is meant: written here, or declared in the file. */
export function functionOf(code: Code, node: TSESTree.Node): FunctionNode | undefined {
  const found = resolve(code, node);
  if (isFunction(found)) return found;
  if (found.type !== T.Identifier) return undefined;
  const declared = variableOf(code, found)?.defs[0]?.node;
  return declared !== undefined && isFunction(declared) ? declared : undefined;
}

export function isFunction(node: TSESTree.Node): node is FunctionNode {
  return (
    node.type === T.ArrowFunctionExpression || node.type === T.FunctionExpression || node.type === T.FunctionDeclaration
  );
}

/** The function around a node. */
export function functionAround(node: TSESTree.Node): FunctionNode | undefined {
  for (let outer = parentOf(node); outer !== undefined; outer = parentOf(outer)) if (isFunction(outer)) return outer;
  return undefined;
}

/** The value of a property that an object has written out; the last one counts. */
export function valueOf(object: TSESTree.ObjectExpression, name: string): TSESTree.Node | undefined {
  const property = object.properties.findLast((entry) => entry.type === T.Property && propertyName(entry) === name);
  return property?.type === T.Property ? property.value : undefined;
}

function declaratorOf(code: Code, name: TSESTree.Identifier): TSESTree.VariableDeclarator | undefined {
  const definition = variableOf(code, name)?.defs[0];
  return definition?.node.type === T.VariableDeclarator ? definition.node : undefined;
}
