import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { plainName } from "../settings.ts";
import type { Code } from "./code.ts";
import { functionOf, importOf, resolve, variableOf } from "./resolve.ts";
import { calleeName, literalText, propertyName, unwrap } from "./unwrap.ts";

/** What a filter says: whether it names an id, and whether something narrows it to a tenant or a person. */
export interface Filter {
  hasId: boolean;
  /** Also where that cannot be seen in this file. */
  isNarrowed: boolean;
}

const idNames = /^(id|uuid|_id|pk|public_?id)$/i;
/** A row of one's own is not found by its id alone. */
const personNames = /^(user|owner|author|member|creator|createdby|account)(id)?$/;
const equalities = /^(eq|inArray|or|and|not|sql)$/;
const operators =
  /^(eq|ne|gt|gte|lt|lte|inArray|notInArray|isNull|isNotNull|and|or|not|between|like|ilike|exists|arrayContains|desc|asc)$/;
const mostSteps = 400;

/** Reads `{ where: { id, … } }` as Prisma has it. */
export function readObjectFilter(code: Code, start: TSESTree.Node, filter: Filter): void {
  const open = [start];
  for (let step = 0; open.length > 0; step += 1) {
    const object = resolve(code, open.pop() ?? start);
    if (step > mostSteps || object.type !== T.ObjectExpression) {
      filter.isNarrowed = true;
      return;
    }
    for (const property of object.properties) {
      if (property.type === T.SpreadElement) {
        open.push(property.argument);
        continue;
      }
      const name = propertyName(property);
      if (name === undefined || isNarrowing(code, name)) filter.isNarrowed = true;
      else if (idNames.test(name)) filter.hasId = true;
      else open.push(...nested(code, property.value));
    }
  }
}

/** `{ project: { organizationId } }`, `AND: [{ id }, { … }]`. What is no object is a plain comparison. */
function nested(code: Code, value: TSESTree.Node): TSESTree.Node[] {
  const found = resolve(code, value);
  if (found.type === T.ObjectExpression) return isOperator(found) ? [] : [found];
  if (found.type !== T.ArrayExpression) return [];
  return found.elements
    .filter((element) => element !== null)
    .filter((element) => resolve(code, element).type === T.ObjectExpression);
}

/** `{ in: ids }`, `{ not: null }`. */
function isOperator(object: TSESTree.ObjectExpression): boolean {
  return object.properties.every(
    (entry) =>
      entry.type === T.Property &&
      /^(in|notIn|not|equals|gte?|lte?|contains|startsWith|endsWith|mode)$/.test(propertyName(entry) ?? ""),
  );
}

/** Reads `and(eq(projects.id, id), …)` as Drizzle has it. */
export function readDrizzleFilter(code: Code, start: TSESTree.Node, filter: Filter): void {
  const open = [start];
  for (let step = 0; open.length > 0 && step < mostSteps; step += 1) {
    const node = resolve(code, open.pop() ?? start);
    if (node.type === T.ArrowFunctionExpression || node.type === T.FunctionExpression) {
      if (node.body.type === T.BlockStatement) filter.isNarrowed = true;
      else open.push(node.body);
    } else if (node.type === T.ConditionalExpression) {
      open.push(node.consequent, node.alternate);
    } else if (node.type === T.LogicalExpression) {
      open.push(node.left, node.right);
    } else if (node.type === T.CallExpression) {
      readDrizzleCall(code, node, { filter, open });
    } else if (node.type === T.TaggedTemplateExpression) {
      for (const part of node.quasi.expressions) readColumn(code, part, filter);
      if (node.quasi.quasis.some(({ value }) => mentionsTenant(code, value.raw))) filter.isNarrowed = true;
    } else if (node.type !== T.Literal && !(node.type === T.Identifier && node.name === "undefined")) {
      // A condition made elsewhere may well be the tenant's.
      filter.isNarrowed = true;
    }
  }
}

interface Reading {
  readonly filter: Filter;
  readonly open: TSESTree.Node[];
}

function readDrizzleCall(code: Code, call: TSESTree.CallExpression, { filter, open }: Reading): void {
  const name = importOf(code, call.callee)?.name ?? handedName(code, call.callee) ?? calleeName(call) ?? "";
  if (name === "and" || name === "or" || name === "not") {
    for (const argument of call.arguments) open.push(argument.type === T.SpreadElement ? argument.argument : argument);
  } else if (operators.test(name)) {
    const [column] = call.arguments;
    if (column !== undefined) readColumn(code, column, equalities.test(name) ? filter : undefined);
  } else {
    filter.isNarrowed = true;
  }
}

/** `eq` of `(project, { eq: is }) => is(project.id, id)`. */
function handedName(code: Code, callee: TSESTree.Node): string | undefined {
  const name = callee.type === T.Identifier ? variableOf(code, callee)?.defs[0]?.name : undefined;
  return name?.parent.type === T.Property ? propertyName(name.parent) : undefined;
}

/** A column of a table, as `projects.id`. */
function readColumn(code: Code, node: TSESTree.Node, filter: Filter | undefined): void {
  const column = unwrap(node);
  const name = column.type === T.MemberExpression ? propertyName(column) : undefined;
  if (name === undefined || filter === undefined) return;
  if (isNarrowing(code, name)) filter.isNarrowed = true;
  else if (idNames.test(name)) filter.hasId = true;
}

/** Reads the arguments of one `where` of Kysely: `"t.id", "=", id`, or a function of the expression builder. */
export function readKyselyWhere(code: Code, call: TSESTree.CallExpression, filter: Filter): void {
  const [first] = call.arguments;
  const column = literalText(first);
  if (column !== undefined) {
    const name = column.slice(column.lastIndexOf(".") + 1);
    const operator = literalText(call.arguments[1]);
    if (isNarrowing(code, name)) filter.isNarrowed = true;
    else if (idNames.test(name) && (operator === "=" || operator === "in")) filter.hasId = true;
    return;
  }
  if (first === undefined) return;
  const made = functionOf(code, first)?.body ?? first;
  const text = code.source.getText(made);
  if (mentionsTenant(code, text)) filter.isNarrowed = true;
  if (/\beb\w*\(\s*["'](\w+\.)?id["']\s*,\s*["'](=|in)["']/.test(text)) filter.hasId = true;
  // A condition made elsewhere may well be the tenant's.
  if (made === first && unwrap(first).type !== T.TaggedTemplateExpression) filter.isNarrowed = true;
}

/** Whether text has the tenant column among its words. */
export function mentionsTenant(code: Code, text: string): boolean {
  return (text.match(/[a-z_]\w*/gi) ?? []).some((word) => code.settings.tenantColumns.includes(plainName(word)));
}

function isNarrowing(code: Code, name: string): boolean {
  const plain = plainName(name);
  // Prisma's compound keys are called `organizationId_slug`.
  return code.settings.tenantColumns.some((column) => plain.includes(column)) || personNames.test(plain);
}
