import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "../syntax/code.ts";
import { variableOf } from "../syntax/resolve.ts";
import { isTenantScope } from "../syntax/tenant-scope.ts";
import { propertyName, receiverOf, wrap } from "../syntax/unwrap.ts";

const mostSteps = 60;

/** What runs a piece of SQL: the `db` of `piece.execute(db)`, `db.execute(piece)`, `db.selectFrom("t").where(piece)`. */
export function consumerOf(code: Code, piece: TSESTree.Node, depth = 0): TSESTree.Node | undefined {
  let node = wrap(piece);
  for (let step = 0; step < mostSteps; step += 1) {
    const outer = node.parent;
    if (outer === undefined) return undefined;
    switch (outer.type) {
      case T.MemberExpression: {
        const call = wrap(outer).parent;
        if (outer.object !== node || call?.type !== T.CallExpression || call.callee !== wrap(outer)) return undefined;
        if (propertyName(outer) === "execute") return call.arguments[0] ?? outer.object;
        node = wrap(call);
        break;
      }
      case T.CallExpression: {
        const receiver = receiverOf(outer);
        if (receiver !== undefined && outer.callee !== node) return receiver;
        node = wrap(outer);
        break;
      }
      case T.TemplateLiteral:
      case T.Property:
      case T.ObjectExpression:
      case T.ArrayExpression:
      case T.SpreadElement:
      case T.ConditionalExpression:
      case T.LogicalExpression:
      case T.ArrowFunctionExpression:
      case T.TaggedTemplateExpression:
        node = wrap(outer);
        break;
      case T.VariableDeclarator:
        return depth < 3 && outer.id.type === T.Identifier ? consumerOfName(code, outer.id, depth) : undefined;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** Of all that run it, one outside of every tenant scope, if there is one. */
function consumerOfName(code: Code, name: TSESTree.Identifier, depth: number): TSESTree.Node | undefined {
  const reads = variableOf(code, name)?.references.filter((reference) => reference.isRead()) ?? [];
  const found = reads
    .map(({ identifier }) => consumerOf(code, identifier, depth + 1))
    .filter((consumer) => consumer !== undefined);
  return found.find((consumer) => !isTenantScope(code, consumer)) ?? found[0];
}
