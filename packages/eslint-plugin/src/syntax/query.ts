import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "./code.ts";
import { initializerOf, resolve, valueOf, variableOf } from "./resolve.ts";
import { calleeName, literalText, parentOf, propertyName, receiverOf, unwrap, wrap } from "./unwrap.ts";
import {
  mentionsTenant,
  readDrizzleFilter,
  readKyselyWhere,
  readObjectFilter,
  type Filter,
} from "./query-conditions.ts";

/** A query as it is written: of which table, by what handle, narrowed how. */
export interface Query extends Filter {
  readonly handle: TSESTree.Node;
  readonly table: string;
}

const prismaMethods =
  /^(findUnique|findFirst)(OrThrow)?$|^(update|delete|upsert|updateMany|deleteMany|updateManyAndReturn)$/;
const kyselyRoots = /^(selectFrom|updateTable|deleteFrom)$/;
const mostCalls = 200;

/** `prisma.project.findUnique({ where: { id } })`, `db.query.projects.findFirst({ where: eq(…) })`. */
export function readModelQuery(code: Code, call: TSESTree.CallExpression): Query | undefined {
  const model = receiverOf(call);
  const [given] = call.arguments;
  if (!prismaMethods.test(calleeName(call) ?? "") || given === undefined) return undefined;
  const table = model?.type === T.MemberExpression ? propertyName(model) : undefined;
  const options = resolve(code, given);
  const where = options.type === T.ObjectExpression ? valueOf(options, "where") : undefined;
  if (model?.type !== T.MemberExpression || table === undefined || where === undefined) return undefined;
  const query = { handle: model.object, table, hasId: false, isNarrowed: false };
  if (resolve(code, where).type === T.ObjectExpression) readObjectFilter(code, where, query);
  else readDrizzleFilter(code, where, query);
  return query;
}

/** The last call of a chain that began with `selectFrom("projects")`, `select().from(projects)`, `update(projects)`. */
export function readChainQuery(code: Code, call: TSESTree.CallExpression): Query | undefined {
  if (isContinued(call)) return undefined;
  const links = linksOf(code, call);
  const root = links.find((link) => tableOf(link) !== undefined);
  const handle = root === undefined ? undefined : receiverOf(root);
  const table = root === undefined ? undefined : tableOf(root);
  if (root === undefined || handle === undefined || table === undefined) return undefined;
  const filter = { hasId: false, isNarrowed: isNarrowedLater(code, call) };
  const isKysely = kyselyRoots.test(calleeName(root) ?? "");
  for (const link of links) readLink(code, link, { filter, isKysely });
  return { handle, table, ...filter };
}

interface Reading {
  readonly filter: Filter;
  readonly isKysely: boolean;
}

function readLink(code: Code, link: TSESTree.CallExpression, { filter, isKysely }: Reading): void {
  const name = calleeName(link) ?? "";
  if (name === "where" || name === "having") {
    if (isKysely) readKyselyWhere(code, link, filter);
    else if (link.arguments[0] !== undefined) readDrizzleFilter(code, link.arguments[0], filter);
  } else if (/^(whereRef|on|onRef)$|Join/.test(name) && mentionsTenant(code, code.source.getText(link).slice(-500))) {
    filter.isNarrowed = true;
  } else if (name === "$call" || name === "$if") {
    filter.isNarrowed = true;
  }
}

/** The calls of a chain, the last first; through consts that hold its beginning. */
function linksOf(code: Code, last: TSESTree.CallExpression): TSESTree.CallExpression[] {
  const links: TSESTree.CallExpression[] = [];
  let node: TSESTree.Node = last;
  while (links.length < mostCalls) {
    node = unwrap(node);
    if (node.type === T.CallExpression) {
      links.push(node);
      node = node.callee;
    } else if (node.type === T.MemberExpression) {
      node = node.object;
    } else {
      const begun: TSESTree.Node | undefined = node.type === T.Identifier ? beginningOf(code, node) : undefined;
      if (begun === undefined || links.length === 0) return links;
      node = begun;
    }
  }
  return links;
}

/** Also of a `let`: conditions are only ever added to a query. */
function beginningOf(code: Code, name: TSESTree.Identifier): TSESTree.Node | undefined {
  const init = initializerOf(code, name) ?? letInitializer(code, name);
  return init !== undefined && unwrap(init).type === T.CallExpression ? init : undefined;
}

function letInitializer(code: Code, name: TSESTree.Identifier): TSESTree.Node | undefined {
  const definition = variableOf(code, name)?.defs[0]?.node;
  return definition?.type === T.VariableDeclarator && definition.id.type === T.Identifier
    ? (definition.init ?? undefined)
    : undefined;
}

/** The table of a link that begins a query. */
function tableOf(link: TSESTree.CallExpression): string | undefined {
  const name = calleeName(link) ?? "";
  const [given] = link.arguments;
  if (given === undefined || receiverOf(link) === undefined) return undefined;
  const value = unwrap(given);
  if (kyselyRoots.test(name)) {
    const [first] = value.type === T.ArrayExpression ? value.elements : [value];
    return literalText(first ?? undefined)
      ?.split(/\s+as\s+/i)[0]
      ?.trim();
  }
  if (!/^(from|update|delete)$/.test(name)) return undefined;
  if (value.type === T.MemberExpression) return propertyName(value);
  return value.type === T.Identifier ? value.name : undefined;
}

function isContinued(call: TSESTree.CallExpression): boolean {
  const outer = wrap(call).parent;
  return outer?.type === T.MemberExpression && unwrap(outer.object) === call;
}

/** The query is kept in a variable, and is narrowed or handed to somebody where that is used. */
function isNarrowedLater(code: Code, call: TSESTree.CallExpression): boolean {
  const outer = wrap(call).parent;
  const name =
    outer?.type === T.VariableDeclarator ? outer.id : outer?.type === T.AssignmentExpression ? outer.left : undefined;
  if (name?.type !== T.Identifier) return false;
  const references = variableOf(code, name)?.references ?? [];
  return references.some(({ identifier }) => {
    const use = wrap(identifier).parent;
    return use?.type === T.MemberExpression && mentionsTenant(code, code.source.getText(statementOf(use)));
  });
}

function statementOf(node: TSESTree.Node): TSESTree.Node {
  let outer = node;
  for (let next = parentOf(node); next !== undefined; next = parentOf(next)) {
    if (/(Statement|Declaration)$/.test(outer.type)) return outer;
    outer = next;
  }
  return outer;
}
