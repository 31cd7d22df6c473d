import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "../syntax/code.ts";
import { importOf, resolve } from "../syntax/resolve.ts";
import { calleeName, literalText, propertyName, unwrap } from "../syntax/unwrap.ts";

const longest = 50_000;
const deepest = 12;
const unknown = " ? ";

/** The text of SQL as far as it is written in the file; `undefined` for what is no text. Columns and tables that are put in by name keep their name. */
export function sqlText(code: Code, node: TSESTree.Node): string | undefined {
  const text = new TextReader(code).read(node, 0);
  return text?.slice(0, longest);
}

class TextReader {
  readonly #code: Code;
  #left = 500;

  constructor(code: Code) {
    this.#code = code;
  }

  read(start: TSESTree.Node, depth: number): string | undefined {
    const node = resolve(this.#code, start);
    this.#left -= 1;
    if (depth > deepest || this.#left < 0) return undefined;
    switch (node.type) {
      case T.Literal:
        return typeof node.value === "string" ? node.value : undefined;
      case T.TemplateLiteral:
        return this.#template(node, depth);
      case T.TaggedTemplateExpression:
        return isSqlTag(this.#code, node.tag) ? this.#template(node.quasi, depth) : undefined;
      case T.BinaryExpression:
        return this.#concatenation(node, depth);
      case T.ObjectExpression:
        return this.#property(node, depth);
      default:
        return undefined;
    }
  }

  #template({ quasis, expressions }: TSESTree.TemplateLiteral, depth: number): string {
    return quasis
      .map(({ value }, index) => {
        const part = expressions[index];
        return (value.cooked ?? value.raw) + (part === undefined ? "" : this.#part(part, depth));
      })
      .join("");
  }

  #concatenation(node: TSESTree.BinaryExpression, depth: number): string | undefined {
    if (node.operator !== "+") return undefined;
    const parts: TSESTree.Node[] = [];
    let left: TSESTree.Node = node;
    while (left.type === T.BinaryExpression && left.operator === "+") {
      parts.unshift(left.right);
      left = left.left;
    }
    const texts = [left, ...parts].map((part) => this.read(part, depth + 1));
    return texts.some((text) => text !== undefined) ? texts.map((text) => text ?? unknown).join("") : undefined;
  }

  /** `{ text: "select …" }` of pg. */
  #property(node: TSESTree.ObjectExpression, depth: number): string | undefined {
    const text = node.properties.find((entry) => entry.type === T.Property && propertyName(entry) === "text");
    return text?.type === T.Property ? this.read(text.value, depth + 1) : undefined;
  }

  #part(node: TSESTree.Node, depth: number): string {
    const text = this.read(node, depth + 1);
    if (text !== undefined) return text;
    const found = unwrap(node);
    if (found.type === T.Identifier) return found.name;
    if (found.type === T.MemberExpression) return propertyName(found) ?? unknown;
    if (found.type === T.CallExpression) return nameGiven(found) ?? unknown;
    return unknown;
  }
}

/** `projects` of `sql.table("projects")`, `sql.ref`, `sql.raw`, `Prisma.raw`, `sql.identifier`. */
function nameGiven(call: TSESTree.CallExpression): string | undefined {
  const naming = /^(table|ref|id|identifier|raw)$/.test(calleeName(call) ?? "");
  return naming ? literalText(call.arguments[0]) : undefined;
}

/** `sql`, however it was renamed, and `Prisma.sql`, `prisma.$queryRaw`, `prisma.$executeRaw`. */
export function isSqlTag(code: Code, tag: TSESTree.Node): boolean {
  const found = unwrap(tag);
  if (found.type === T.MemberExpression) return /^(\$queryRaw|\$executeRaw|sql)$/.test(propertyName(found) ?? "");
  if (found.type !== T.Identifier) return false;
  return /^(sql|tx|trx)$/.test(found.name) || importOf(code, found)?.name === "sql";
}
