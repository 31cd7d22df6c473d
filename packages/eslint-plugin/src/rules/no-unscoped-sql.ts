import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { isGlobalTable } from "../settings.ts";
import { opensContext } from "../sql/opens-context.ts";
import { isSafeText } from "../sql/safe-text.ts";
import { isNarrowed, isStatement, tablesIn } from "../sql/sql-statement.ts";
import { calledSql, taggedSql, type SqlUse } from "../sql/sql-use.ts";
import type { Code } from "../syntax/code.ts";
import { isTenantScope } from "../syntax/tenant-scope.ts";

/** Raw SQL that reads or writes rows of every tenant, and SQL that is built from strings. */
export const noUnscopedSql = createRule({
  name: "no-unscoped-sql",
  description: "Raw SQL runs in a tenant scope or names the tenant column, and takes values as parameters only",
  messages: {
    unscoped:
      "This SQL touches {{tables}} of every tenant. Run it in a tenant scope, or compare {{column}} in it. A table that belongs to no tenant goes into `globalTables`.",
    built: "A value is built into this SQL as text. Hand it over as a parameter; quote a name by a function.",
  },
  create(code, { report }) {
    const check = (use: SqlUse | undefined) => {
      if (use === undefined) return;
      if (isBuilt(code, use)) report({ node: use.node, messageId: "built" });
      const tables = openTables(code, use);
      if (tables.length === 0) return;
      const column = code.settings.columnName;
      report({ node: use.node, messageId: "unscoped", data: { tables: tables.join(", "), column } });
    };
    return {
      TaggedTemplateExpression: (node: TSESTree.TaggedTemplateExpression) => check(taggedSql(code, node)),
      CallExpression: (node: TSESTree.CallExpression) => check(calledSql(code, node)),
    };
  },
});

function isBuilt(code: Code, { built }: SqlUse): boolean {
  return built !== undefined && !isSafeText(code, built);
}

function openTables(code: Code, { text, handle, node }: SqlUse): string[] {
  if (!isStatement(text) || isNarrowed(text, code.settings.tenantColumns)) return [];
  const tables = tablesIn(text).filter((table) => !isGlobalTable(code.settings, table));
  if (tables.length === 0) return [];
  const isScoped = (handle !== undefined && isTenantScope(code, handle)) || opensContext(code, node);
  return isScoped ? [] : tables;
}
