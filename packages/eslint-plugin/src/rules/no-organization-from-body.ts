import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { plainName } from "../settings.ts";
import type { Code } from "../syntax/code.ts";
import { isGuardInput, isJoinedByGuard } from "../syntax/guards.ts";
import { namesOrganization } from "../syntax/names-organization.ts";
import { isForm, isSent } from "../syntax/request-body.ts";
import { calleeName, literalText, propertyName, receiverOf } from "../syntax/unwrap.ts";

/** The tenant is what the caller says in a body, a form or a query string. */
export const noOrganizationFromBody = createRule({
  name: "no-organization-from-body",
  description: "The organization comes from the resolved scope, never from what the caller sends along",
  messages: {
    sent: "{{name}} is what the caller says it is. Take the organization from the tenant scope; a claim goes into a guard, which joins it to the membership.",
  },
  create(code, { report }) {
    const tell = (node: TSESTree.Node, name: string) => report({ node, messageId: "sent", data: { name } });
    return {
      "ObjectPattern > Property"(node: TSESTree.Property) {
        const name = propertyName(node);
        if (name === undefined || !isTenantName(code, name)) return;
        const target = node.value.type === T.AssignmentPattern ? node.value.left : node.value;
        const source = sourceOf(node);
        if (target.type !== T.Identifier || source === undefined || !isSent(code, source)) return;
        if (!isJoinedByGuard(code, target)) tell(node, name);
      },
      MemberExpression(node: TSESTree.MemberExpression) {
        const name = propertyName(node);
        if (name === undefined || !isTenantName(code, name) || !isSent(code, node.object)) return;
        if (!isClaim(code, node)) tell(node, name);
      },
      CallExpression(node: TSESTree.CallExpression) {
        const name = literalText(node.arguments[0]);
        const receiver = receiverOf(node);
        if (name === undefined || receiver === undefined || !isTenantName(code, name)) return;
        const isGot = /^(get|getAll)$/.test(calleeName(node) ?? "") && isForm(code, receiver);
        if ((isGot || isQueryOfHono(node)) && !isClaim(code, node)) tell(node, name);
      },
    };
  },
});

/** `organizationId`, `organization_id`, `orgSlug`: the column, or what the organization is called in a path. */
function isTenantName(code: Code, name: string): boolean {
  const plain = plainName(name);
  const { tenantColumns, organizationParams } = code.settings;
  return tenantColumns.includes(plain) || organizationParams.some((param) => plainName(param) === plain);
}

/** What a pattern takes apart: the initializer of its declaration, or what is assigned. */
function sourceOf(property: TSESTree.Property): TSESTree.Node | undefined {
  let node: TSESTree.Node | undefined = property.parent;
  while (node?.type === T.ObjectPattern || node?.type === T.Property || node?.type === T.AssignmentPattern)
    node = node.parent;
  if (node?.type === T.VariableDeclarator) return node.init ?? undefined;
  return node?.type === T.AssignmentExpression ? node.right : undefined;
}

/** It goes into a guard, or is held against the organization of the scope. */
function isClaim(code: Code, node: TSESTree.Node): boolean {
  if (isGuardInput(code, node)) return true;
  let outer: TSESTree.Node = node;
  while (
    outer.parent !== undefined &&
    /^(TS\w+|ChainExpression|AwaitExpression|LogicalExpression)$/.test(outer.parent.type)
  ) {
    outer = outer.parent;
  }
  const { parent } = outer;
  if (parent?.type === T.BinaryExpression && /^[!=]==?$/.test(parent.operator)) {
    return namesOrganization(code, parent.left === outer ? parent.right : parent.left);
  }
  if (parent?.type === T.VariableDeclarator && parent.id.type === T.Identifier) return isJoinedByGuard(code, parent.id);
  if (parent?.type === T.CallExpression && calleeName(parent) === "String") return isClaim(code, parent);
  return false;
}

/** `c.req.query("organizationId")`. */
function isQueryOfHono(node: TSESTree.CallExpression): boolean {
  const receiver = receiverOf(node);
  return (
    calleeName(node) === "query" &&
    receiver?.type === T.MemberExpression &&
    /^(req|request)$/.test(propertyName(receiver) ?? "")
  );
}
