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
  const own = linksOf(call);
  const { links, names } = linksBefore(code, own);
  const root = links.find((link) => tableOf(link) !== undefined);
  const handle = root === undefined ? undefined : receiverOf(root);
  const table = root === undefined ? undefined : tableOf(root);
  if (root === undefined || handle === undefined || table === undefined) return undefined;
  const kept = keptIn(call);
  const filter = { hasId: false, isNarrowed: [...names, ...(kept ?? [])].some((name) => isNarrowedAtUses(code, name)) };
  const isKysely = kyselyRoots.test(calleeName(root) ?? "");
  for (const link of own) readLink(code, link, { filter, isKysely });
  // The id of a query's beginning was told of where it began.
  const { hasId } = filter;
  for (const link of links) readLink(code, link, { filter, isKysely });
  return { handle, table, hasId, isNarrowed: filter.isNarrowed };
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

/** The calls of a chain, the last first. */
function linksOf(last: TSESTree.CallExpression): TSESTree.CallExpression[] {
  const links: TSESTree.CallExpression[] = [];
  for (let node: TSESTree.Node = last; links.length < mostCalls;) {
    node = unwrap(node);
    if (node.type === T.CallExpression) {
      links.push(node);
      node = node.callee;
    } else if (node.type === T.MemberExpression) {
      node = node.object;
    } else {
      return links;
    }
  }
  return links;
}

interface Links {
  readonly links: readonly TSESTree.CallExpression[];
  /** The variables that held the beginning. */
  readonly names: readonly TSESTree.Identifier[];
}

/** Those calls and the ones before them, through the variables that hold the beginning of the query. */
function linksBefore(code: Code, own: readonly TSESTree.CallExpression[]): Links {
  const links = [...own];
  const names: TSESTree.Identifier[] = [];
  while (links.length < mostCalls) {
    const first = links.at(-1);
    const start = first === undefined ? undefined : startOf(first);
    const begun = start === undefined ? undefined : beginningOf(code, start);
    if (start === undefined || begun?.type !== T.CallExpression || links.includes(begun)) break;
    const before = linksOf(begun);
    // A client in a variable is no query that was begun.
    if (!before.some((link) => tableOf(link) !== undefined)) break;
    names.push(start);
    links.push(...before);
  }
  return { links, names };
}

function startOf(first: TSESTree.CallExpression): TSESTree.Identifier | undefined {
  let node: TSESTree.Node = unwrap(first.callee);
  while (node.type === T.MemberExpression) node = unwrap(node.object);
  return node.type === T.Identifier && unwrap(first.callee) !== node ? node : undefined;
}

/** Also of a `let`: conditions are only ever added to a query. */
function beginningOf(code: Code, name: TSESTree.Identifier): TSESTree.Node | undefined {
  const init = initializerOf(code, name) ?? letInitializer(code, name);
  return init === undefined ? undefined : unwrap(init);
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

/** The variable that a query is kept in. */
function keptIn(call: TSESTree.CallExpression): TSESTree.Identifier[] | undefined {
  const outer = wrap(call).parent;
  const name =
    outer?.type === T.VariableDeclarator ? outer.id : outer?.type === T.AssignmentExpression ? outer.left : undefined;
  return name?.type === T.Identifier ? [name] : undefined;
}

/** Whether a query in a variable gets its tenant where that is used. */
function isNarrowedAtUses(code: Code, name: TSESTree.Identifier): boolean {
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
