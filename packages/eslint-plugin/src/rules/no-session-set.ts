import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { calledSql, taggedSql, type SqlUse } from "../sql/sql-use.ts";

/** `set app.tenant = …`, `set role …`, `set search_path …`: what a pooled connection keeps for whoever comes next. */
const sessionSet =
  /(?:^|;)\s*set\s+(?:session\s+)?(?!local\b|session\b)("?[a-z_]\w*"?\s*\.\s*[\w".]+|role\b|authorization\b|search_path\b|row_security\b)/i;
const sessionConfig =
  /\bset_config\s*\((?:[^()']|'(?:[^']|'')*'|\([^()]*\))*,\s*(?:is_local\s*=>\s*)?(?:false|'f(?:alse)?'|'off')\s*\)/i;

/** Tenant context that outlives its transaction. */
export const noSessionSet = createRule({
  name: "no-session-set",
  description: "Tenant context is set for one transaction, never for a session",
  messages: {
    session:
      "This stays on the connection, and a pooled connection goes to another tenant next. Set it for the transaction: `select set_config(name, $1, true)` or SET LOCAL.",
  },
  create(code, { report }) {
    const check = (use: SqlUse | undefined) => {
      if (use === undefined) return;
      const text = use.text.replace(/--[^\n]*|\/\*[^]*?\*\//g, " ");
      if (sessionSet.test(text) || sessionConfig.test(text)) report({ node: use.node, messageId: "session" });
    };
    return {
      TaggedTemplateExpression: (node: TSESTree.TaggedTemplateExpression) => check(taggedSql(code, node)),
      CallExpression: (node: TSESTree.CallExpression) => check(calledSql(code, node)),
    };
  },
});
