import { sourceError, type SourceFile } from "./source-error.ts";

/** A piece of a schema's source. Spaces and comments are left out; lines matter to Prisma. */
export interface SourceToken {
  readonly kind: "word" | "number" | "string" | "template" | "pattern" | "mark" | "newline";
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const space = /[^\S\n]+|\ufeff/uy;
const lineComment = /\/\/[^\n]*/y;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const number = /\d[\w.]*/y;
const quoted = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;
const pattern = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const beforePattern = new Set(["=>", "\n", "(", ",", "=", ":", "[", "!", "&", "|", "?", "{", "}", ";", ">"]);

/** Cuts what Prisma and TypeScript write alike: words, texts, marks. @throws RowhouseError INVALID_INPUT where a text or comment stays open */
export function cutSource(file: SourceFile): readonly SourceToken[] {
  const { text } = file;
  const tokens: SourceToken[] = [];
  for (let at = 0; at < text.length;) {
    const skipped = lengthAt(space, text, at) || lengthAt(lineComment, text, at) || blockCommentAt(file, at);
    if (skipped > 0) {
      at += skipped;
      continue;
    }
    const { kind, length } = pieceAt(file, at, tokens.at(-1));
    tokens.push({ kind, text: text.slice(at, at + length), start: at, end: at + length });
    at += length;
  }
  return tokens;
}

/** What a string of the source holds. */
export function contentOf(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ({ n: "\n", t: "\t" })[letter] ?? letter);
}

function pieceAt(
  file: SourceFile,
  at: number,
  last: SourceToken | undefined,
): Pick<SourceToken, "kind"> & { length: number } {
  const { text } = file;
  const first = text[at] ?? "";
  if (first === "\n") return { kind: "newline", length: 1 };
  if (first === "`") return { kind: "template", length: templateEnd(file, at) - at };
  if (first === '"' || first === "'") {
    const length = lengthAt(quoted, text, at);
    if (length === 0) throw sourceError(file, at, "This text has no closing quote.");
    return { kind: "string", length };
  }
  const named = lengthAt(word, text, at);
  if (named > 0) return { kind: "word", length: named };
  const digits = lengthAt(number, text, at);
  if (digits > 0) return { kind: "number", length: digits };
  if (first === "/" && last !== undefined && beforePattern.has(last.text)) {
    const length = lengthAt(pattern, text, at);
    if (length > 0) return { kind: "pattern", length };
  }
  return { kind: "mark", length: text.startsWith("=>", at) ? 2 : 1 };
}

function lengthAt(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.exec(text)?.[0].length ?? 0;
}

function blockCommentAt(file: SourceFile, at: number): number {
  if (!file.text.startsWith("/*", at)) return 0;
  const end = file.text.indexOf("*/", at + 2);
  if (end === -1) throw sourceError(file, at, "This comment has no end.");
  return end + 2 - at;
}

/** Past the closing mark; what is in `${}` may hold texts of its own. */
function templateEnd(file: SourceFile, start: number): number {
  const { text } = file;
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "`") return at + 1;
    else if (text.startsWith("${", at)) at = closingBrace(file, at + 2);
  }
  throw sourceError(file, start, "This text has no closing quote.");
}

function closingBrace(file: SourceFile, start: number): number {
  const { text } = file;
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "`") at = templateEnd(file, at) - 1;
    else if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw sourceError(file, start, "This ${ has no closing brace.");
}
