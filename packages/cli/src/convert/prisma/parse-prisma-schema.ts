import { contentOf, cutSource, type SourceToken } from "../orm/cut-source.ts";
import { sourceError, type SourceFile } from "../orm/source-error.ts";

/** A value of an attribute: what it is called with, where it is a function or a field with settings. */
export type PrismaValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly PrismaValue[] }
  | { readonly kind: "name"; readonly name: string; readonly given: readonly PrismaArgument[] };

export interface PrismaArgument {
  /** Null where it goes by its place. */
  readonly name: string | null;
  readonly value: PrismaValue;
  /** Of the value. */
  readonly start: number;
  readonly end: number;
}

/** `@relation(…)` of a field, `@@unique(…)` of a model; `name` is without the marks. */
export interface PrismaAttribute {
  readonly name: string;
  readonly given: readonly PrismaArgument[];
  readonly start: number;
  readonly end: number;
}

export interface PrismaField {
  readonly name: string;
  readonly type: string;
  readonly isList: boolean;
  readonly isOptional: boolean;
  readonly attributes: readonly PrismaAttribute[];
  readonly start: number;
  /** Where its type begins and where it ends, without what follows it; then the end of all, which is before a comment. */
  readonly typeStart: number;
  readonly typeEnd: number;
  readonly end: number;
}

/** A block and where it is: everything between is left as it is. */
export interface PrismaBlock {
  readonly kind: string;
  readonly name: string;
  readonly file: SourceFile;
  readonly start: number;
  /** Of its closing brace. */
  readonly end: number;
  readonly fields: readonly PrismaField[];
  readonly attributes: readonly PrismaAttribute[];
  /** Of datasources and generators: `provider = "postgresql"`. */
  readonly settings: ReadonlyMap<string, PrismaValue>;
}

const kinds = new Set(["model", "view", "type", "enum", "datasource", "generator"]);
const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * Reads what matters of a file, and where it stands, since all else is to stay byte for byte. The library has a reader of its own: what it gets is the
 * text of a generated client, which Prisma has checked, and it may not load this parser's weight into an application. It forgives what a newer Prisma may have added.
 *
 * @throws RowhouseError INVALID_INPUT with line and column
 */
export function parsePrismaSchema(file: SourceFile): readonly PrismaBlock[] {
  const reader = new Reader(file, cutSource(file));
  const blocks: PrismaBlock[] = [];
  for (reader.skipLines(); !reader.isDone; reader.skipLines()) blocks.push(parseBlock(reader));
  return blocks;
}

function parseBlock(reader: Reader): PrismaBlock {
  const kind = reader.take("word");
  if (!kinds.has(kind.text))
    throw reader.error(
      kind,
      `A block of a Prisma schema begins with ${[...kinds].join(", ")}, and this with "${kind.text}".`,
    );
  const name = reader.take("word").text;
  reader.expect("{");
  const fields: PrismaField[] = [];
  const attributes: PrismaAttribute[] = [];
  const settings = new Map<string, PrismaValue>();
  for (reader.skipLines(); !reader.is("}"); reader.skipLines()) {
    if (reader.is("@")) attributes.push(parseAttribute(reader));
    else if (kind.text === "enum" || reader.peek(1)?.text === "=") parseSetting(reader, settings);
    else fields.push(parseField(reader));
    reader.endLine();
  }
  const end = reader.expect("}").start;
  return { kind: kind.text, name, file: reader.file, start: kind.start, end, fields, attributes, settings };
}

function parseSetting(reader: Reader, settings: Map<string, PrismaValue>): void {
  const { text } = reader.take("word");
  if (reader.skip("=")) settings.set(text, parseValue(reader));
  while (reader.is("@")) parseAttribute(reader);
}

function parseField(reader: Reader): PrismaField {
  const name = reader.take("word");
  const type = reader.take("word");
  if (reader.is("(")) parseGiven(reader);
  const typeEnd = reader.lastEnd;
  const isList = reader.skip("[");
  if (isList) reader.expect("]");
  const isOptional = reader.skip("?");
  const attributes: PrismaAttribute[] = [];
  while (reader.is("@")) attributes.push(parseAttribute(reader));
  const { start } = name;
  return {
    name: name.text,
    type: type.text,
    isList,
    isOptional,
    attributes,
    start,
    typeStart: type.start,
    typeEnd,
    end: reader.lastEnd,
  };
}

function parseAttribute(reader: Reader): PrismaAttribute {
  const { start } = reader.expect("@");
  reader.skip("@");
  const name = parseName(reader);
  const given = reader.is("(") ? parseGiven(reader) : [];
  return { name, given, start, end: reader.lastEnd };
}

function parseName(reader: Reader): string {
  let name = reader.take("word").text;
  while (reader.skip(".")) name += `.${reader.take("word").text}`;
  return name;
}

function parseGiven(reader: Reader): readonly PrismaArgument[] {
  return parseList(reader, "(", () => {
    const isNamed = reader.peek(0)?.kind === "word" && reader.peek(1)?.text === ":";
    const name = isNamed ? reader.take("word").text : null;
    if (isNamed) reader.expect(":");
    reader.skipLines();
    const start = reader.peek(0)?.start ?? 0;
    const value = parseValue(reader);
    return { name, value, start, end: reader.lastEnd };
  });
}

function parseValue(reader: Reader): PrismaValue {
  if (reader.is("[")) return { kind: "list", items: parseList(reader, "[", () => parseValue(reader)) };
  const token = reader.peek(0);
  if (token?.kind === "word") {
    const name = parseName(reader);
    return { kind: "name", name, given: reader.is("(") ? parseGiven(reader) : [] };
  }
  if (token?.kind === "string") return { kind: "text", text: contentOf(reader.take("string").text) };
  const sign = reader.skip("-") ? "-" : "";
  if (reader.peek(0)?.kind !== "number") throw reader.error(reader.peek(0), "A value is expected here.");
  return { kind: "text", text: sign + reader.take("number").text };
}

/** Between brackets lines do not matter, and neither does a comma at the end. */
function parseList<Item>(reader: Reader, open: string, parseItem: () => Item): readonly Item[] {
  reader.expect(open);
  const close = closing[open] ?? "";
  const items: Item[] = [];
  for (reader.skipLines(); !reader.is(close); reader.skipLines()) {
    items.push(parseItem());
    reader.skipLines();
    if (!reader.skip(",")) break;
  }
  reader.expect(close);
  return items;
}

class Reader {
  readonly file: SourceFile;
  readonly #tokens: readonly SourceToken[];
  #at = 0;

  constructor(file: SourceFile, tokens: readonly SourceToken[]) {
    this.file = file;
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get lastEnd(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  peek(ahead: number): SourceToken | undefined {
    return this.#tokens[this.#at + ahead];
  }

  is(text: string): boolean {
    return this.peek(0)?.text === text;
  }

  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at += 1;
    return true;
  }

  skipLines(): void {
    while (this.peek(0)?.kind === "newline") this.#at += 1;
  }

  endLine(): void {
    if (!this.isDone && !this.skip("\n")) throw this.error(this.peek(0), "More follows here than a line may hold.");
  }

  expect(text: string): SourceToken {
    const token = this.peek(0);
    if (token?.text !== text) throw this.error(token, `"${text}" is expected here.`);
    this.#at += 1;
    return token;
  }

  take(kind: SourceToken["kind"]): SourceToken {
    const token = this.peek(0);
    if (token?.kind !== kind) throw this.error(token, `A ${kind} is expected here.`);
    this.#at += 1;
    return token;
  }

  error(token: SourceToken | undefined, problem: string): Error {
    const found = token === undefined ? " The file ends instead." : "";
    return sourceError(
      this.file,
      token?.start ?? this.file.text.length,
      `${problem}${found} This is no Prisma schema that prisma validate would accept.`,
    );
  }
}
