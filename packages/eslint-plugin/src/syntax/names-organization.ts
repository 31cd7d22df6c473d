import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { plainName } from "../settings.ts";
import type { Code } from "./code.ts";
import { initializerOf } from "./resolve.ts";
import { walk } from "./walk.ts";

const pathBefore = /(^|\/)(organi[sz]ations?|orgs?|tenants?|workspaces?|teams?)\/$/i;

/** Whether an expression is made of the organization: its id, its slug, a tenant scope; also by way of consts. */
export function namesOrganization(code: Code, root: TSESTree.Node): boolean {
  const seen = new Set<TSESTree.Node>();
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const node of walk(code, next)) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (isOrganizationHere(code, node)) return true;
      const init = node.type === T.Identifier ? initializerOf(code, node) : undefined;
      if (init !== undefined && !seen.has(init)) open.push(init);
    }
  }
  return false;
}

function isOrganizationHere(code: Code, node: TSESTree.Node): boolean {
  if (node.type === T.Identifier) return isOrganizationName(code, node.name);
  return node.type === T.TemplateLiteral && node.quasis.some(({ value, tail }) => !tail && pathBefore.test(value.raw));
}

/** `organizationId`, `currentOrganizationId`, `tenant`, `orgSlug`. */
export function isOrganizationName(code: Code, name: string): boolean {
  if (code.settings.scopes.has(name)) return true;
  const plain = plainName(name);
  return code.settings.organizationNames.some(
    (known) => plain === known || (known.length > 5 && plain.endsWith(known)),
  );
}
