import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "./code.ts";
import { functionOf, importOf, isFunction, resolve, variableOf } from "./resolve.ts";
import { calleeName, parentOf, propertyName, unwrap } from "./unwrap.ts";
import { walk } from "./walk.ts";

const mostFunctions = 100;
/** What lets nobody pass who is not signed in. Enough where no organization is part of the address. */
const personGuards = new Set([
  ...["requireUser", "requireSession", "requireCaller", "requireAuth", "requireAdmin", "requireOperator"],
  // A webhook proves who sends it.
  ...["constructEvent", "constructEventAsync", "verifySignature", "verifyWebhook", "timingSafeEqual"],
]);

interface GuardKind {
  /** Whether being signed in is enough. */
  readonly allowsPerson: boolean;
}

/** Whether a function, or one of the file that it calls, calls a guard. */
export function isGuarded(code: Code, start: TSESTree.Node, kind: GuardKind): boolean {
  const seen = new Set<TSESTree.Node>();
  const open: TSESTree.Node[] = [start];
  for (let root = open.pop(); root !== undefined && seen.size < mostFunctions; root = open.pop()) {
    if (seen.has(root)) continue;
    seen.add(root);
    for (const node of walk(code, root)) {
      if (node.type !== T.CallExpression && node.type !== T.Identifier) continue;
      if (node.type === T.CallExpression && isGuardCall(code, node, kind)) return true;
      const called = node.type === T.CallExpression ? unwrap(node.callee) : node;
      const target = called.type === T.Identifier && isCalledOrHanded(node) ? functionOf(code, called) : undefined;
      if (target !== undefined) open.push(target);
    }
  }
  return false;
}

/** Whether a call is of a guard, whatever it was called when it was imported. */
export function isGuardCall(code: Code, call: TSESTree.CallExpression, kind: GuardKind): boolean {
  return isGuardName(code, call.callee, kind);
}

/** `requireMember`, `guards.requireMember`. */
export function isGuardName(code: Code, node: TSESTree.Node, { allowsPerson }: GuardKind): boolean {
  const found = unwrap(node);
  const own =
    found.type === T.Identifier ? found.name : found.type === T.MemberExpression ? propertyName(found) : undefined;
  const names = [own, importOf(code, found)?.name];
  return names.some(
    (name) => name !== undefined && (code.settings.guards.has(name) || (allowsPerson && personGuards.has(name))),
  );
}

/** Whether a value goes into a guard, which joins it to the membership: then it is a claim, and not trusted. */
export function isGuardInput(code: Code, value: TSESTree.Node): boolean {
  for (let node = parentOf(value), inner = value; node !== undefined; inner = node, node = parentOf(node)) {
    if (node.type === T.CallExpression && node.callee !== inner) {
      if (isGuardName(code, node.callee, { allowsPerson: false })) return true;
    }
    if (isFunction(node) || /Statement$/.test(node.type)) return false;
  }
  return false;
}

/** Whether any use of a variable goes into a guard. */
export function isJoinedByGuard(code: Code, name: TSESTree.Identifier): boolean {
  const reads = variableOf(code, name)?.references.filter((reference) => reference.isRead()) ?? [];
  return reads.some(({ identifier }) => isGuardInput(code, identifier));
}

/** Whether an exported value was made by a guard: `organizationPage(…)`, also by way of a const. */
export function isMadeByGuard(code: Code, value: TSESTree.Node, kind: GuardKind): boolean {
  const made = resolve(code, value);
  if (made.type !== T.CallExpression) return false;
  if (isGuardCall(code, made, kind)) return true;
  // `withErrors(organizationRoute(…))`, `cache(guarded)`.
  return made.arguments.some((argument) => {
    const inner = resolve(code, argument);
    if (inner.type === T.CallExpression)
      return isGuardName(code, inner.callee, kind) || calleeName(inner) === undefined;
    return isFunction(inner) && isGuarded(code, inner, kind);
  });
}

function isCalledOrHanded(node: TSESTree.CallExpression | TSESTree.Identifier): boolean {
  return node.type === T.CallExpression || node.parent.type === T.CallExpression;
}
