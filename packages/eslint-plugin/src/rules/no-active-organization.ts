import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import type { Code } from "../syntax/code.ts";
import { isGuardInput } from "../syntax/guards.ts";
import { destructuredFrom, initializerOf, variableOf } from "../syntax/resolve.ts";
import { calleeName, parentOf, propertyName, unwrap } from "../syntax/unwrap.ts";

const idName = /^active(Organization|Team|Workspace|Tenant)(Id|Slug)$/;
const wholeName = /^active(Organization|Team|Workspace|Tenant)$/;
const sessionName = /session|auth|login|jwt|token/i;

/** The organization that a session remembers: one for all tabs, and not taken away with the membership. */
export const noActiveOrganization = createRule({
  name: "no-active-organization",
  description: "The tenant is never chosen by what the session remembers",
  messages: {
    active:
      "{{name}} is one value for all tabs, and it stays when the membership is taken away. Take the organization from the address and join it to the membership on every request.",
  },
  create(code, { report }) {
    const check = (node: TSESTree.Node, name: string, value: TSESTree.Node) => {
      if (!isHarmless(code, value)) report({ node, messageId: "active", data: { name } });
    };
    return {
      MemberExpression(node: TSESTree.MemberExpression) {
        const name = propertyName(node);
        if (name === undefined || isWritten(node)) return;
        if (idName.test(name) || (wholeName.test(name) && isSession(code, node.object))) check(node, name, node);
      },
      "ObjectPattern > Property"(node: TSESTree.Property) {
        const name = propertyName(node);
        if (name === undefined || (!idName.test(name) && !wholeName.test(name))) return;
        const target = node.value.type === T.AssignmentPattern ? node.value.left : node.value;
        if (target.type !== T.Identifier) return;
        const init = destructuredFrom(code, target)?.init;
        if (idName.test(name) ? init !== undefined : init !== undefined && isSession(code, init))
          check(node, name, target);
      },
    };
  },
});

function isWritten(node: TSESTree.MemberExpression): boolean {
  return node.parent.type === T.AssignmentExpression && node.parent.left === node;
}

function isSession(code: Code, node: TSESTree.Node): boolean {
  const found = unwrap(node);
  if (found.type === T.Identifier) {
    const init = initializerOf(code, found) ?? destructuredFrom(code, found)?.init;
    return (
      sessionName.test(found.name) ||
      (init !== undefined && unwrap(init).type === T.CallExpression && isSession(code, init))
    );
  }
  if (found.type === T.MemberExpression) return sessionName.test(propertyName(found) ?? "");
  return found.type === T.CallExpression && sessionName.test(calleeName(found) ?? "");
}

/** Only the way to an address, or a claim that a guard joins to the membership. */
function isHarmless(code: Code, value: TSESTree.Node): boolean {
  if (isGuardInput(code, value) || leadsToAddress(value)) return true;
  const declared = value.type === T.Identifier ? value : nameOf(value);
  if (declared === undefined) return false;
  const reads = variableOf(code, declared)?.references.filter((reference) => reference.isRead()) ?? [];
  const isHarmlessRead = ({ identifier }: { identifier: TSESTree.Node }) =>
    isGuardInput(code, identifier) || leadsToAddress(identifier) || isTested(identifier);
  return reads.length > 0 && reads.every(isHarmlessRead);
}

function nameOf(value: TSESTree.Node): TSESTree.Identifier | undefined {
  let node: TSESTree.Node | undefined = value;
  while (node !== undefined && node.type !== T.VariableDeclarator) {
    if (!/^(MemberExpression|ChainExpression|AwaitExpression|TS\w+|LogicalExpression)$/.test(node.type))
      return undefined;
    node = parentOf(node);
  }
  return node?.id.type === T.Identifier ? node.id : undefined;
}

/** `if (activeOrganizationId)`, `activeOrganizationId === null`. */
function isTested({ parent }: TSESTree.Node): boolean {
  return parent?.type === T.IfStatement || (parent?.type === T.BinaryExpression && /^[!=]==?$/.test(parent.operator));
}

function leadsToAddress(start: TSESTree.Node): boolean {
  for (let node = parentOf(start); node !== undefined; node = parentOf(node)) {
    if (node.type === T.CallExpression)
      return /^(redirect|permanentRedirect|push|replace)$/.test(calleeName(node) ?? "");
    if (/Statement$|Declarat|Function/.test(node.type)) return false;
  }
  return false;
}
