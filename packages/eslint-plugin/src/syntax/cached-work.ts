import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { plainName } from "../settings.ts";
import type { Code } from "./code.ts";
import { isOrganizationName, namesOrganization } from "./names-organization.ts";
import { variableOf, type FunctionNode } from "./resolve.ts";
import { calleeName } from "./unwrap.ts";
import { walk } from "./walk.ts";

const databaseCall =
  /^(findMany|findFirst|findUnique|findFirstOrThrow|findUniqueOrThrow|aggregate|groupBy|selectFrom|\$queryRaw|\$queryRawUnsafe|execute|executeTakeFirst|executeTakeFirstOrThrow|query)$/;

/** Whether a parameter of a function is the organization: then it is part of what the result is kept under. */
export function takesOrganization(code: Code, cached: FunctionNode): boolean {
  return cached.params.some((parameter) => [...walk(code, parameter)].some((node) => isNamed(code, node)));
}

/** Whether it uses an organization from the function around it, which is part of the key too. */
export function closesOverOrganization(code: Code, cached: FunctionNode): boolean {
  return [...walk(code, cached.body)].some((node) => {
    if (node.type !== T.Identifier || !isOrganizationName(code, node.name)) return false;
    const scope = variableOf(code, node)?.scope;
    if (scope === undefined || /^(module|global)$/.test(scope.type)) return false;
    return !isInside(scope.block, cached);
  });
}

/** Whether it asks a database itself. */
export function asksDatabase(code: Code, cached: FunctionNode): boolean {
  return [...walk(code, cached.body)].some(
    (node) =>
      (node.type === T.CallExpression && databaseCall.test(calleeName(node) ?? "")) ||
      node.type === T.TaggedTemplateExpression,
  );
}

/** Whether it waits for data that is not only that of global tables. */
export function readsTenantData(code: Code, cached: FunctionNode): boolean {
  if (namesGlobal(code, cached.body)) return false;
  return asksDatabase(code, cached) || [...walk(code, cached.body)].some(({ type }) => type === T.AwaitExpression);
}

/** Whether a name or a text among these means something that belongs to no tenant: `getPlans`, `["plans"]`, `"/api/session"`. */
export function namesGlobal(code: Code, root: TSESTree.Node): boolean {
  const globals = code.settings.globalTables.map((name) =>
    plainName(name.slice(name.lastIndexOf(".") + 1)).replace(/s$/, ""),
  );
  return [...walk(code, root)].some((node) => {
    const text = node.type === T.Identifier ? node.name : node.type === T.Literal ? node.value : undefined;
    if (typeof text !== "string") return false;
    const word = plainName(text.slice(text.lastIndexOf("/") + 1)).replace(/s$/, "");
    return globals.some(
      (name) =>
        name !== "*" &&
        (word === name || (node.type === T.Identifier && word === `get${name}`) || word === `list${name}`),
    );
  });
}

function isNamed(code: Code, node: TSESTree.Node): boolean {
  return node.type === T.Identifier && (isOrganizationName(code, node.name) || namesOrganization(code, node));
}

function isInside(block: TSESTree.Node, cached: FunctionNode): boolean {
  return cached.range[0] <= block.range[0] && block.range[1] <= cached.range[1];
}
