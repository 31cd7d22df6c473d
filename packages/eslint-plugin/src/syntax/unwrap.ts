import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";

/** The expression itself, without `await`, `as`, `satisfies`, `!` and the marks of an optional chain. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case T.AwaitExpression:
        inner = inner.argument;
        break;
      case T.TSAsExpression:
      case T.TSSatisfiesExpression:
      case T.TSNonNullExpression:
      case T.TSTypeAssertion:
      case T.TSInstantiationExpression:
      case T.ChainExpression:
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

/** The outermost expression that is this one with `await`, `as` and the like around it. */
export function wrap(node: TSESTree.Node): TSESTree.Node {
  let outer = node;
  for (let parent = parentOf(outer); parent !== undefined; parent = parentOf(outer)) {
    if (parent.type === T.Program || unwrap(parent) !== unwrap(node)) return outer;
    outer = parent;
  }
  return outer;
}

/** What a node stands in; nothing for a whole file, where the parser says null. */
export function parentOf(node: TSESTree.Node): TSESTree.Node | undefined {
  return node.parent ?? undefined;
}

/** The name of a property: `a.name`, `a["name"]`, `{ name: … }`; `undefined` for one that is only known at run time. */
export function propertyName(node: TSESTree.MemberExpression | TSESTree.Property): string | undefined {
  const key = node.type === T.Property ? node.key : node.property;
  if (!node.computed && (key.type === T.Identifier || key.type === T.PrivateIdentifier)) return key.name;
  return key.type === T.Literal && typeof key.value === "string" ? key.value : undefined;
}

/** The last name of what is called: `find` of `a.b.find()`. */
export function calleeName(call: TSESTree.CallExpression | TSESTree.NewExpression): string | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === T.Identifier) return callee.name;
  return callee.type === T.MemberExpression ? propertyName(callee) : undefined;
}

/** What a method is called on: `a.b` of `a.b.find()`. */
export function receiverOf(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression ? unwrap(callee.object) : undefined;
}

/** The text of a string that is written out. */
export function literalText(node: TSESTree.Node | undefined): string | undefined {
  if (node?.type === T.Literal && typeof node.value === "string") return node.value;
  if (node?.type === T.TemplateLiteral && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
