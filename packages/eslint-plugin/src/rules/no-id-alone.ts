import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { isGlobalTable } from "../settings.ts";
import { opensContext } from "../sql/opens-context.ts";
import { readChainQuery, readModelQuery, type Query } from "../syntax/query.ts";
import { isTenantScope } from "../syntax/tenant-scope.ts";

/** A row that is read, changed or deleted by an id from anywhere, whoever's it is. */
export const noIdAlone = createRule({
  name: "no-id-alone",
  description: "A row is found by its tenant and its id, never by its id alone",
  messages: {
    idAlone:
      "{{table}} is found by its id alone: the id of another tenant's row works as well. Compare {{column}} too, or query by a tenant scope. A table that belongs to no tenant goes into `globalTables`.",
  },
  create(code, { report }) {
    const isOpen = (query: Query | undefined): query is Query =>
      query !== undefined &&
      query.hasId &&
      !query.isNarrowed &&
      !isGlobalTable(code.settings, query.table) &&
      !isTenantScope(code, query.handle);
    return {
      CallExpression(node: TSESTree.CallExpression) {
        const query = readModelQuery(code, node) ?? readChainQuery(code, node);
        if (!isOpen(query) || opensContext(code, node)) return;
        const column = code.settings.columnName;
        report({ node, messageId: "idAlone", data: { table: query.table, column } });
      },
    };
  },
});
