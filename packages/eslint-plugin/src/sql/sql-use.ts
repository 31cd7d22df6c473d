import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "../syntax/code.ts";
import { importOf, resolve } from "../syntax/resolve.ts";
import { calleeName, propertyName, receiverOf, unwrap } from "../syntax/unwrap.ts";
import { consumerOf } from "./sql-consumer.ts";
import { isSqlTag, sqlText } from "./sql-text.ts";

/** A place where SQL is handed to a database. */
export interface SqlUse {
  readonly node: TSESTree.Node;
  readonly text: string;
  /** What runs it, where that can be seen. */
  readonly handle: TSESTree.Node | undefined;
  /** The string it is given as; nothing for a tagged template, whose values are parameters. */
  readonly built: TSESTree.Node | undefined;
}

const textMethods =
  /^(query|queryStream|queryArray|queryObject|execute|exec|unsafe|\$queryRawUnsafe|\$executeRawUnsafe)$/;

/** A method called `query` may be about something else: then its text has none of these words. */
const looksLikeSql =
  /\b(select|insert|update|delete|with|merge|copy|truncate|where|order\s+by|set|alter|create|drop|grant|revoke|interval|and|or)\s|[=<>]/i;

/** What takes no parameters at all, and is for migrations. */
const utility = /^\s*(create|alter|drop|grant|revoke|comment|reindex|vacuum|analyze)\s/i;

/** The SQL of a tagged template. */
export function taggedSql(code: Code, node: TSESTree.TaggedTemplateExpression): SqlUse | undefined {
  if (!isSqlTag(code, node.tag)) return undefined;
  const text = sqlText(code, node);
  if (text === undefined) return undefined;
  const tag = unwrap(node.tag);
  const isBound = tag.type === T.MemberExpression && propertyName(tag) !== "sql";
  const handle = isBound ? tag.object : (consumerOf(code, node) ?? boundTag(code, tag));
  return { node, text, handle, built: undefined };
}

/** The SQL that a call is given as a string: `pool.query("…")`, `prisma.$queryRawUnsafe("…")`, `sql.raw("…")`. */
export function calledSql(code: Code, call: TSESTree.CallExpression): SqlUse | undefined {
  const [given] = call.arguments;
  const receiver = receiverOf(call);
  const name = calleeName(call) ?? "";
  if (given === undefined || receiver === undefined) return undefined;
  const isRaw = name === "raw" && isRawMaker(code, receiver);
  if (!isRaw && !textMethods.test(name)) return undefined;
  const argument = resolve(code, given);
  // A tagged template is seen on its own.
  if (argument.type === T.TaggedTemplateExpression || argument.type === T.CallExpression) return undefined;
  const text = sqlText(code, argument);
  if (text === undefined || (!isRaw && !looksLikeSql.test(text))) return undefined;
  const built = utility.test(text) ? undefined : textOf(argument);
  return { node: call, text, handle: isRaw ? consumerOf(code, call) : receiver, built };
}

/** `sql.raw`, `Prisma.raw`, `CompiledQuery.raw`, `knex.raw`. */
function isRawMaker(code: Code, receiver: TSESTree.Node): boolean {
  if (receiver.type !== T.Identifier) return false;
  return (
    isSqlTag(code, receiver) || /^(Prisma|CompiledQuery|knex)$/.test(importOf(code, receiver)?.name ?? receiver.name)
  );
}

function textOf(argument: TSESTree.Node): TSESTree.Node {
  if (argument.type !== T.ObjectExpression) return argument;
  const text = argument.properties.find((entry) => entry.type === T.Property && propertyName(entry) === "text");
  return text?.type === T.Property ? text.value : argument;
}

/** postgres.js: the tag itself is the connection. That of an ORM is bound to nothing. */
function boundTag(code: Code, tag: TSESTree.Node): TSESTree.Node | undefined {
  const isBound = tag.type === T.Identifier && !/^(kysely|drizzle-orm)/.test(importOf(code, tag)?.from ?? "");
  return isBound ? tag : undefined;
}
