import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "./code.ts";
import { isGuarded, isGuardName } from "./guards.ts";
import { importOf, initializerOf, isFunction, variableOf } from "./resolve.ts";
import { walk } from "./walk.ts";
import { calleeName, literalText, receiverOf, unwrap } from "./unwrap.ts";

/** A route of Hono, Express or Fastify. */
export interface Route {
  readonly path: string;
  /** All that the route is given after its path: middleware, options, the handler. */
  readonly handlers: readonly TSESTree.Node[];
  /** Middleware before it lets nobody pass. */
  readonly isBehindGuard: boolean;
}

const verbs = /^(get|post|put|patch|delete|all)$/;
const serverModule = /^(hono|hono\/tiny|hono\/quick|@hono\/zod-openapi|express|fastify)$/;
const serverType = /^(Hono|OpenAPIHono|Express|Application|Router|FastifyInstance)$/;
const anyone = { allowsPerson: true };
const mostLinks = 200;

/** What a call registers as a route, if it does. */
export function readRoute(code: Code, call: TSESTree.CallExpression): Route | undefined {
  const [path, ...handlers] = call.arguments;
  const text = literalText(path);
  const receiver = receiverOf(call);
  if (text === undefined || handlers.length === 0 || receiver === undefined) return undefined;
  if (!verbs.test(calleeName(call) ?? "") || !text.startsWith("/")) return undefined;
  const before = chainBefore(receiver);
  if (!isServer(code, before.root)) return undefined;
  const uses = [...before.links, ...usesOf(code, before.root, call)];
  return { path: text, handlers, isBehindGuard: uses.some((use) => isGuardingUse(code, use, text)) };
}

/** `new Hono().use(guard).get(…)`: where a chain begins, and its links. */
function chainBefore(receiver: TSESTree.Node): { root: TSESTree.Node; links: TSESTree.CallExpression[] } {
  const links: TSESTree.CallExpression[] = [];
  let node = receiver;
  while (links.length < mostLinks && node.type === T.CallExpression) {
    const next = receiverOf(node);
    if (
      next === undefined ||
      !/^(use|basePath|get|post|put|patch|delete|all|route|onError|notFound)$/.test(calleeName(node) ?? "")
    )
      break;
    links.push(node);
    node = next;
  }
  return { root: node, links };
}

function isServer(code: Code, root: TSESTree.Node): boolean {
  if (root.type === T.NewExpression || root.type === T.CallExpression) {
    const callee = unwrap(root.callee);
    return serverModule.test(importOf(code, callee)?.from ?? "");
  }
  if (root.type !== T.Identifier) return false;
  const init = initializerOf(code, root);
  if (init !== undefined) {
    const { root: begun } = chainBefore(unwrap(init));
    return begun.type !== T.Identifier && isServer(code, begun);
  }
  const definition = variableOf(code, root)?.defs[0]?.name;
  const type = definition?.type === T.Identifier ? definition.typeAnnotation?.typeAnnotation : undefined;
  return type?.type === T.TSTypeReference && type.typeName.type === T.Identifier && serverType.test(type.typeName.name);
}

/** The `app.use(…)` and `app.addHook(…)` that come before a route in the file, and those of the chain the app was made by. */
function usesOf(code: Code, root: TSESTree.Node, route: TSESTree.CallExpression): TSESTree.CallExpression[] {
  if (root.type !== T.Identifier) return [];
  const init = initializerOf(code, root);
  const made = init === undefined ? [] : chainBefore(unwrap(init)).links;
  const references = variableOf(code, root)?.references ?? [];
  return [...made, ...references.flatMap((reference) => useAt(reference, route))];
}

function useAt({ identifier }: TSESLint.Scope.Reference, route: TSESTree.CallExpression): TSESTree.CallExpression[] {
  const call = identifier.parent.parent;
  if (call?.type !== T.CallExpression || call.range[0] >= route.range[0]) return [];
  return /^(use|addHook|register)$/.test(calleeName(call) ?? "") ? [call] : [];
}

function isGuardingUse(code: Code, use: TSESTree.CallExpression, path: string): boolean {
  const name = calleeName(use);
  if (name !== "use" && name !== "addHook") return false;
  const [first] = use.arguments;
  const prefix = name === "use" ? literalText(first) : undefined;
  if (prefix !== undefined && !covers(prefix, path)) return false;
  return use.arguments.some((argument) => isGuard(code, argument));
}

/** Whether what a route is given lets nobody pass: a guard, a handler that calls one, Fastify's `{ preHandler: [guard] }`. */
export function isGuard(code: Code, argument: TSESTree.Node): boolean {
  if (isGuarded(code, argument, anyone)) return true;
  return [...walk(code, argument, (node) => !isFunction(node))].some((node) => isGuardName(code, node, anyone));
}

/** `/api/*` and Express's `/api` cover `/api/projects`. */
function covers(prefix: string, path: string): boolean {
  const start = prefix.replace(/\/?\*$/, "").replace(/\/$/, "");
  return path === start || path.startsWith(`${start}/`);
}
