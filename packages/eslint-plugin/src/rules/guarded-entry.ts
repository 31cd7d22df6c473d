import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import type { Code } from "../syntax/code.ts";
import { hasDirective } from "../syntax/directive.ts";
import { exportedValues, type ExportedValue } from "../syntax/exports.ts";
import { isGuarded, isMadeByGuard } from "../syntax/guards.ts";
import { importOf, isFunction, type FunctionNode } from "../syntax/resolve.ts";
import { isGuard, readRoute, type Route } from "../syntax/server-route.ts";
import { calleeName } from "../syntax/unwrap.ts";

const useServer = /^use server$/;
const routeFile = /(^|\/)app\/(.*\/)?route\.[cm]?[jt]sx?$/;
const pageFile = /(^|\/)app\/(.*\/)page\.[cm]?[jt]sx?$/;
const verb = /^(GET|POST|PUT|PATCH|DELETE)$/;
/** What serves a whole application of its own: its guards are where its routes are. */
const handsOver = /^(handle|toNextJsHandler|createRouteHandler|NextAuth|serve|fetchRequestHandler)$/;

/** An entry to the server that anybody may come in by. */
export const guardedEntry = createRule({
  name: "guarded-entry",
  description: "Every server action, route and page of an organization calls a guard",
  messages: {
    action:
      "Anybody can call this server action. Run it in a guard such as {{guards}}, or name it in the option `public`.",
    route: "This route calls no guard. Make it by a guard such as {{guards}}, or name it in the option `public`.",
    page: "This page of an organization is open to everybody who knows its address. Make it by a guard such as {{guards}}.",
  },
  options: {
    public: {
      description: "Entries that are meant for everybody: names of exports, and paths of routes.",
      default: ["/health", "/healthz", "/livez", "/readyz"],
    },
  },
  create(code, { report, option }) {
    const guards = [...code.settings.guards].slice(-2).join(", ");
    const tell = (node: TSESTree.Node, messageId: "action" | "route" | "page") =>
      report({ node, messageId, data: { guards } });
    const isPublic = (name: string) => option.public.includes(name);
    return {
      Program(program: TSESTree.Program) {
        const kind = fileKind(code, program);
        if (kind === undefined) return;
        for (const exported of exportedValues(code, program)) {
          if (isEntry(kind, exported) && !isPublic(exported.name) && isOpen(code, exported, kind))
            tell(exported.node, kind);
        }
      },
      "FunctionDeclaration, FunctionExpression, ArrowFunctionExpression"(node: FunctionNode) {
        if (!hasDirective(node, useServer) || isGuarded(code, node, { allowsPerson: true })) return;
        if (!isPublic(node.id?.name ?? "")) tell(node, "action");
      },
      CallExpression(node: TSESTree.CallExpression) {
        const route = readRoute(code, node);
        if (route !== undefined && !isPublic(route.path) && isOpenRoute(code, route)) tell(node, "route");
      },
    };
  },
});

type Kind = "action" | "route" | "page";

function fileKind(code: Code, program: TSESTree.Program): Kind | undefined {
  if (hasDirective(program, useServer)) return "action";
  if (routeFile.test(code.path)) return "route";
  return pageFile.test(code.path) && isBelowOrganization(code) ? "page" : undefined;
}

function isBelowOrganization(code: Code): boolean {
  return code.settings.organizationParams.some((param) => code.path.includes(`/[${param}]/`));
}

function isEntry(kind: Kind, { name, value }: ExportedValue): boolean {
  if (kind === "page") return name === "default";
  if (kind === "route") return verb.test(name);
  return isFunction(value) || value.type === T.CallExpression;
}

function isOpen(code: Code, { value }: ExportedValue, kind: Kind): boolean {
  // Where an organization is part of the address, being signed in says nothing about it.
  const guard = { allowsPerson: kind !== "page" && !(kind === "route" && isBelowOrganization(code)) };
  if (isFunction(value)) return !isGuarded(code, value, guard);
  if (value.type !== T.CallExpression) return false;
  if (handsOver.test(importOf(code, value.callee)?.name ?? calleeName(value) ?? "")) return false;
  return !isMadeByGuard(code, value, guard);
}

function isOpenRoute(code: Code, { handlers, isBehindGuard }: Route): boolean {
  if (isBehindGuard) return false;
  return !handlers.some((handler) => isGuard(code, handler));
}
