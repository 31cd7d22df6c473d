import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import type { Code } from "../syntax/code.ts";
import {
  asksDatabase,
  closesOverOrganization,
  namesGlobal,
  readsTenantData,
  takesOrganization,
} from "../syntax/cached-work.ts";
import { hasDirective } from "../syntax/directive.ts";
import { exportedValues } from "../syntax/exports.ts";
import { namesOrganization } from "../syntax/names-organization.ts";
import {
  functionAround,
  functionOf,
  importOf,
  isFunction,
  resolve,
  valueOf,
  variableOf,
  type FunctionNode,
} from "../syntax/resolve.ts";
import { calleeName } from "../syntax/unwrap.ts";

const useCache = /^use cache(: remote)?$/;
const reactQuery = /^@tanstack\/(react|vue|solid|svelte)-query$/;
const keyedOptions =
  /^(use(Suspense)?(Infinite)?Query|(infinite)?queryOptions|(pre)?fetch(Infinite)?Query|ensure(Infinite)?QueryData)$/i;
const keyedFirst = /^(setQueryData|getQueryData)$/;

/** Something that is kept for longer than a request, under a key that every organization shares. */
export const tenantCacheKey = createRule({
  name: "tenant-cache-key",
  description: "The organization is part of every cache key",
  messages: {
    cache: "What this keeps is given to the next organization too. Make the organization part of {{where}}.",
    tag: "This tag is shared by all organizations. Make the organization part of it.",
    query: "The key of this query has no organization: after a switch, the page shows the rows of the one before.",
  },
  create(code, { report }) {
    const isKeyOpen = (key: TSESTree.Node) =>
      !namesOrganization(code, key) && !namesGlobal(code, key) && isWritten(code, key);
    return {
      Program(program: TSESTree.Program) {
        if (!hasDirective(program, useCache)) return;
        for (const { value, node } of exportedValues(code, program)) {
          if (isFunction(value) && isCacheOpen(code, value)) {
            report({ node, messageId: "cache", data: { where: "the arguments" } });
          }
        }
      },
      "FunctionDeclaration, FunctionExpression, ArrowFunctionExpression"(node: FunctionNode) {
        if (!hasDirective(node, useCache) || !isCacheOpen(code, node)) return;
        report({ node, messageId: "cache", data: { where: "the arguments" } });
      },
      CallExpression(node: TSESTree.CallExpression) {
        const imported = importOf(code, node.callee);
        const name = imported?.name ?? calleeName(node) ?? "";
        const [first] = node.arguments;
        if (first === undefined) return;
        if (imported?.from === "next/cache") {
          if (name === "unstable_cache" && isUnstableCacheOpen(code, node)) {
            report({ node, messageId: "cache", data: { where: "the key parts" } });
          } else if (/^(revalidateTag|updateTag|expireTag)$/.test(name) && isKeyOpen(first)) {
            report({ node, messageId: "tag" });
          }
        } else if (imported?.from === "react" && name === "cache") {
          if (isMemoOpen(code, first)) report({ node, messageId: "cache", data: { where: "the arguments" } });
        } else {
          const key = queryKey(code, node, { from: imported?.from, name });
          if (key !== undefined && isKeyOpen(key)) report({ node: key, messageId: "query" });
        }
      },
    };
  },
});

/** A key that was handed in or made by another file is not to be judged here. */
function isWritten(code: Code, key: TSESTree.Node): boolean {
  const found = resolve(code, key);
  if (found.type === T.CallExpression) return true;
  if (isFunction(found)) return !(found.body.type === T.BlockStatement);
  return /^(ArrayExpression|Literal|TemplateLiteral|BinaryExpression|ConditionalExpression|LogicalExpression)$/.test(
    found.type,
  );
}

function isCacheOpen(code: Code, cached: FunctionNode): boolean {
  return !takesOrganization(code, cached) && !closesOverOrganization(code, cached) && readsTenantData(code, cached);
}

/** The arguments of the wrapped function are part of the key as well. */
function isUnstableCacheOpen(code: Code, call: TSESTree.CallExpression): boolean {
  const [work, key] = call.arguments;
  if (work === undefined) return false;
  if (key !== undefined && (namesOrganization(code, key) || namesGlobal(code, key))) return false;
  const cached = functionOf(code, work);
  if (cached !== undefined) return !takesOrganization(code, cached) && !namesGlobal(code, cached.body);
  return !namesGlobal(code, work) && !isCalledWithOrganization(code, call);
}

/** `const list = unstable_cache(work); list(organizationId)`. */
function isCalledWithOrganization(code: Code, call: TSESTree.CallExpression): boolean {
  const { parent } = call;
  if (parent.type === T.CallExpression) return parent.arguments.some((argument) => namesOrganization(code, argument));
  if (parent.type !== T.VariableDeclarator || parent.id.type !== T.Identifier) return false;
  return (variableOf(code, parent.id)?.references ?? []).some(({ identifier }) => {
    const use = identifier.parent;
    return use.type === T.CallExpression && use.arguments.some((argument) => namesOrganization(code, argument));
  });
}

/** React's `cache` lives as long as a request: it is told of when it asks a database for something that is named without its organization. */
function isMemoOpen(code: Code, work: TSESTree.Node): boolean {
  const cached = functionOf(code, work);
  if (cached === undefined || functionAround(cached) !== undefined) return false;
  const isScoped = takesOrganization(code, cached) || namesOrganization(code, cached.body);
  return !isScoped && asksDatabase(code, cached) && !namesGlobal(code, cached.body);
}

interface Callee {
  readonly from: string | undefined;
  readonly name: string;
}

function queryKey(code: Code, call: TSESTree.CallExpression, { from, name }: Callee): TSESTree.Node | undefined {
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  if (from === "swr" || from?.startsWith("swr/")) return /^(default|useSWR\w*)$/.test(name) ? first : undefined;
  // `queryClient.prefetchQuery(…)` is imported from nowhere.
  if (from !== undefined && !reactQuery.test(from)) return undefined;
  if (keyedFirst.test(name) && call.arguments.length > 1) return first;
  if (!keyedOptions.test(name) || (from === undefined && !/^(pre)?fetch|^ensure/.test(name))) return undefined;
  const options = resolve(code, first);
  return options.type === T.ObjectExpression ? valueOf(options, "queryKey") : undefined;
}
