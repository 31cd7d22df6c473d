import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import type { Code } from "../syntax/code.ts";
import { isInDatabaseFolder } from "../syntax/module-path.ts";
import { importOf, initializerOf, variableOf } from "../syntax/resolve.ts";
import { calleeName, propertyName, unwrap } from "../syntax/unwrap.ts";

const drivers: readonly { readonly from: RegExp; readonly names: RegExp }[] = [
  { from: /(^@prisma\/client)|(\/|^)generated\/prisma/, names: /^PrismaClient$/ },
  { from: /^pg$/, names: /^(Pool|Client)$/ },
  { from: /^drizzle-orm\/(?!.*-core$)/, names: /^drizzle$/ },
  { from: /^kysely$/, names: /^Kysely$/ },
  { from: /^postgres$/, names: /^default$/ },
];

/** A connection to the database that no tenant scope stands in front of. */
export const noRawClient = createRule({
  name: "no-raw-client",
  description: "Database clients are opened and handed out in the database folder only",
  messages: {
    opened: "{{name}} opens the database past every tenant scope. Do it in {{folders}}, and use a tenant scope here.",
    imported:
      "{{name}} is the bare client, past every tenant scope. Only {{folders}} may use it; take a tenant scope here.",
  },
  options: {
    clients: {
      description: "Names of bare clients: importing one from the database folder is the same as opening one.",
      default: ["prisma", "pool", "pgPool", "db", "database", "client", "kysely", "drizzle", "sql"],
    },
  },
  create(code, { report, option }) {
    if (isInDatabaseFolder(code, code.path)) return {};
    const folders = [...code.settings.databaseFolders].join(", ");
    const tell = (node: TSESTree.Node, messageId: "opened" | "imported", name: string) =>
      report({ node, messageId, data: { name, folders } });
    return {
      "NewExpression, CallExpression"(node: TSESTree.NewExpression | TSESTree.CallExpression) {
        if (isDriver(code, node.callee)) tell(node, "opened", calleeName(node) ?? "This");
      },
      "ClassDeclaration, ClassExpression"(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression) {
        if (node.superClass && isDriver(code, node.superClass)) tell(node.superClass, "opened", "This class");
      },
      ImportSpecifier(node: TSESTree.ImportSpecifier) {
        if (node.importKind === "type" || node.parent.type !== T.ImportDeclaration) return;
        if (node.parent.importKind === "type") return;
        const { value: from } = node.parent.source;
        const name = node.imported.type === T.Identifier ? node.imported.name : node.imported.value;
        const isClient = isLocal(from) && option.clients.includes(name) && isInDatabaseFolder(code, from);
        if (isClient || (isHandedOn(code, node) && drivenBy(from, name))) tell(node, "imported", name);
      },
      ExportSpecifier(node: TSESTree.ExportSpecifier) {
        const from = node.parent.type === T.ExportNamedDeclaration ? node.parent.source?.value : undefined;
        if (from === undefined || node.exportKind === "type" || node.parent.exportKind === "type") return;
        const name = node.local.type === T.Identifier ? node.local.name : node.local.value;
        const isClient = isLocal(from) && option.clients.includes(name) && isInDatabaseFolder(code, from);
        if (isClient || drivenBy(from, name)) tell(node, "imported", name);
      },
    };
  },
});

/** The class or function itself, also by way of a const or of `const { Pool } = pg`. */
function isDriver(code: Code, callee: TSESTree.Node): boolean {
  const found = unwrap(callee);
  const imported = importOf(code, found);
  if (imported !== undefined) return drivenBy(imported.from, imported.name);
  if (found.type !== T.Identifier) return false;
  const init = initializerOf(code, found);
  if (init !== undefined) return isImported(code, init);
  const definition = variableOf(code, found)?.defs[0];
  if (definition?.node.type !== T.VariableDeclarator || !definition.node.init) return false;
  const whole = importOf(code, definition.node.init);
  const property = definition.name.parent;
  const name = property?.type === T.Property ? propertyName(property) : undefined;
  return whole !== undefined && name !== undefined && drivenBy(whole.from, name);
}

function isImported(code: Code, node: TSESTree.Node): boolean {
  const imported = importOf(code, node);
  return imported !== undefined && drivenBy(imported.from, imported.name);
}

function drivenBy(from: string, name: string): boolean {
  return drivers.some((driver) => driver.from.test(from) && driver.names.test(name));
}

/** A class that is not opened here but given to somebody who does. A type, an `instanceof` and a static member are nothing. */
function isHandedOn(code: Code, node: TSESTree.ImportSpecifier): boolean {
  return (variableOf(code, node.local)?.references ?? []).some(({ identifier, isValueReference }) => {
    const outer = identifier.parent;
    if (isValueReference === false) return false;
    return outer.type === T.CallExpression
      ? outer.callee !== identifier
      : /^(Export|Property|Array|Return)/.test(outer.type);
  });
}

function isLocal(from: string): boolean {
  return /^(\.|[@~#]?\/|@\/|[a-z-]+\/)/i.test(from) && !/^(drizzle-orm|@prisma|next|react|kysely)\b/.test(from);
}
