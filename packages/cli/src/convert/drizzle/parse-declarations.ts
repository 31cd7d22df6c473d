import { contentOf, cutSource, type SourceToken } from "../orm/cut-source.ts";
import { sourceError, type SourceFile } from "../orm/source-error.ts";

interface Place {
  readonly start: number;
  readonly end: number;
}

export interface ObjectEntry extends Place {
  readonly key: string;
  readonly value: TsExpression;
}

/** As much of TypeScript as schemas are written in. What is none of it is `other`, and nothing is read out of it. */
export type TsExpression = Place &
  (
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "member"; readonly of: TsExpression; readonly name: string }
    | { readonly kind: "call"; readonly callee: TsExpression; readonly given: readonly TsExpression[] }
    | { readonly kind: "object"; readonly entries: readonly ObjectEntry[]; readonly spreads: readonly TsExpression[] }
    | { readonly kind: "list"; readonly items: readonly TsExpression[] }
    | { readonly kind: "arrow"; readonly parameter: string | null; readonly body: TsExpression }
    | { readonly kind: "other" }
  );

/** `const name = value`, wherever in a file. */
export interface Declaration extends Place {
  readonly name: string;
  readonly value: TsExpression;
  readonly file: SourceFile;
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const enders = new Set([",", ")", "]", "}", ";"]);

/**
 * Reads what a TypeScript file declares, without running it and without a compiler: which one an application has, if any, and what its
 * modules do when they are loaded, is nothing that a plan may depend on.
 *
 * @throws RowhouseError INVALID_INPUT with the line where brackets do not match
 */
export function parseDeclarations(file: SourceFile): readonly Declaration[] {
  const tokens = cutSource(file).filter(({ kind }) => kind !== "newline");
  const partners = matchBrackets(file, tokens);
  return tokens.flatMap(({ text, start }, at): Declaration[] => {
    const name = tokens[at + 1];
    const equals = text === "const" && name?.kind === "word" ? findEquals(tokens, at + 2) : undefined;
    if (equals === undefined || name === undefined) return [];
    const value = new Parser(tokens, partners, equals + 1).parse();
    return [{ name: name.text, value, file, start, end: value.end }];
  });
}

/** Past a type, as in `const a: B = …`. */
function findEquals(tokens: readonly SourceToken[], from: number): number | undefined {
  if (tokens[from]?.text !== "=" && tokens[from]?.text !== ":") return undefined;
  for (let at = from; at < tokens.length; at += 1) {
    if (tokens[at]?.text === "=") return at;
    if (tokens[at]?.text === ";") return undefined;
  }
  return undefined;
}

function matchBrackets(file: SourceFile, tokens: readonly SourceToken[]): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== "mark") continue;
    if (token.text in closing) open.push(at);
    if (![")", "]", "}"].includes(token.text)) continue;
    const partner = open.pop();
    if (partner === undefined || closing[tokens[partner]?.text ?? ""] !== token.text)
      throw sourceError(file, token.start, `"${token.text}" closes nothing here. Does the file compile?`);
    partners.set(partner, at);
  }
  const left = tokens[open.at(-1) ?? -1];
  if (left !== undefined) throw sourceError(file, left.start, `"${left.text}" is never closed. Does the file compile?`);
  return partners;
}

class Parser {
  readonly #tokens: readonly SourceToken[];
  readonly #partners: ReadonlyMap<number, number>;
  #at: number;

  constructor(tokens: readonly SourceToken[], partners: ReadonlyMap<number, number>, at: number) {
    this.#tokens = tokens;
    this.#partners = partners;
    this.#at = at;
  }

  parse(): TsExpression {
    let left = this.#parseFirst();
    for (let next = this.#parseLink(left); next !== undefined; next = this.#parseLink(left)) left = next;
    if (!this.#is("as") && !this.#is("satisfies")) return this.#isEnd ? left : this.#skipRest(left);
    return { ...left, end: this.#skipRest(left).end };
  }

  get #isEnd(): boolean {
    const token = this.#tokens[this.#at];
    // Without a semicolon a declaration ends where a line begins with a word.
    return (
      token === undefined ||
      enders.has(token.text) ||
      (token.kind === "word" && !["as", "satisfies"].includes(token.text))
    );
  }

  get #start(): number {
    return this.#tokens[this.#at]?.start ?? 0;
  }

  get #lastEnd(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  #is(text: string, ahead = 0): boolean {
    return this.#tokens[this.#at + ahead]?.text === text;
  }

  #parseFirst(): TsExpression {
    const token = this.#tokens[this.#at];
    const start = this.#start;
    if (token === undefined || enders.has(token.text)) return { kind: "other", start, end: start };
    if (this.#is("async") && this.#is("(", 1)) this.#at += 1;
    const arrow = this.#parseArrow();
    if (arrow !== undefined) return arrow;
    if (this.#is("(")) return this.#parseWithin();
    if (this.#is("{")) return this.#parseObject();
    if (this.#is("[")) {
      const items = this.#parseItems();
      return { kind: "list", items, start, end: this.#lastEnd };
    }
    this.#at += 1;
    if (token.kind === "word") return { kind: "name", name: token.text, start, end: token.end };
    if (token.kind === "string" || token.kind === "template")
      return {
        kind: "text",
        text: token.kind === "string" ? contentOf(token.text) : token.text.slice(1, -1),
        start,
        end: token.end,
      };
    return { kind: "other", start, end: token.end };
  }

  #parseLink(of: TsExpression): TsExpression | undefined {
    const { start } = of;
    if (this.#is("!")) this.#at += 1;
    if (this.#is("?") && this.#is(".", 1)) this.#at += 1;
    const name = this.#tokens[this.#at + 1];
    if (this.#is(".") && name?.kind === "word") {
      this.#at += 2;
      return { kind: "member", of, name: name.text, start, end: name.end };
    }
    if (this.#is("<")) this.#skipTypes();
    if (!this.#is("(")) return undefined;
    const given = this.#parseItems();
    return { kind: "call", callee: of, given, start, end: this.#lastEnd };
  }

  /** `<Type>` before a call; anything else is left, as it compares. */
  #skipTypes(): void {
    let depth = 0;
    for (let at = this.#at; at < this.#tokens.length; at += 1) {
      const { text } = this.#tokens[at] ?? { text: ";" };
      if (text === ";") return;
      if (text === "<") depth += 1;
      if (text === ">") depth -= 1;
      if (depth > 0) continue;
      if (this.#tokens[at + 1]?.text === "(") this.#at = at + 1;
      return;
    }
  }

  /** `(a) => …`, `(): Type => …`, `a => …` */
  #parseArrow(): TsExpression | undefined {
    const start = this.#start;
    const isBare = this.#is("=>", 1);
    const sign = isBare ? this.#at + 1 : this.#arrowAfterParameters();
    if (sign === undefined) return undefined;
    const first = this.#tokens[isBare ? this.#at : this.#at + 1];
    const parameter = first?.kind === "word" ? first.text : null;
    this.#at = sign + 1;
    const body = this.#is("{") ? this.#parseReturned() : this.parse();
    return { kind: "arrow", parameter, body, start, end: this.#lastEnd };
  }

  #arrowAfterParameters(): number | undefined {
    const close = this.#is("(") ? this.#partners.get(this.#at) : undefined;
    if (close === undefined) return undefined;
    if (this.#tokens[close + 1]?.text !== ":") return this.#tokens[close + 1]?.text === "=>" ? close + 1 : undefined;
    for (let at = close + 2; at < this.#tokens.length; at += 1) {
      const text = this.#tokens[at]?.text ?? ";";
      if (text === "=>") return at;
      if (enders.has(text)) return undefined;
    }
    return undefined;
  }

  /** What the block of a function gives back at its end. */
  #parseReturned(): TsExpression {
    const start = this.#start;
    const close = this.#partners.get(this.#at) ?? this.#tokens.length;
    let found = -1;
    for (let at = this.#at + 1; at < close; at += 1) {
      if (this.#tokens[at]?.text === "return") found = at;
      at = this.#partners.get(at) ?? at;
    }
    const body = found === -1 ? undefined : new Parser(this.#tokens, this.#partners, found + 1).parse();
    this.#at = close + 1;
    return body ?? { kind: "other", start, end: this.#lastEnd };
  }

  #parseWithin(): TsExpression {
    const [start, close] = [this.#start, this.#partners.get(this.#at) ?? this.#at];
    this.#at += 1;
    const inner = this.parse();
    const isWhole = this.#at === close;
    this.#at = close + 1;
    return isWhole ? inner : { kind: "other", start, end: this.#lastEnd };
  }

  #parseItems(): readonly TsExpression[] {
    const close = this.#partners.get(this.#at) ?? this.#at;
    this.#at += 1;
    const items: TsExpression[] = [];
    while (this.#at < close) {
      while (this.#is(".")) this.#at += 1;
      items.push(this.parse());
      if (this.#at < close && !this.#is(",")) this.#skipRest({ kind: "other", start: 0, end: 0 });
      this.#at += 1;
    }
    this.#at = close + 1;
    return items;
  }

  #parseObject(): TsExpression {
    const [start, close] = [this.#start, this.#partners.get(this.#at) ?? this.#at];
    this.#at += 1;
    const [entries, spreads]: [ObjectEntry[], TsExpression[]] = [[], []];
    while (this.#at < close) {
      if (this.#is(".")) {
        while (this.#is(".")) this.#at += 1;
        spreads.push(this.parse());
      } else entries.push(...this.#parseEntry());
      if (this.#at < close && !this.#is(",")) this.#skipRest({ kind: "other", start: 0, end: 0 });
      this.#at += 1;
    }
    this.#at = close + 1;
    return { kind: "object", entries, spreads, start, end: this.#lastEnd };
  }

  #parseEntry(): ObjectEntry[] {
    const key = this.#tokens[this.#at];
    if (key === undefined || (key.kind !== "word" && key.kind !== "string")) {
      this.#skipRest({ kind: "other", start: 0, end: 0 });
      return [];
    }
    const name = key.kind === "string" ? contentOf(key.text) : key.text;
    this.#at += 1;
    const { start, end } = key;
    if (!this.#is(":")) return [{ key: name, value: { kind: "name", name, start, end }, start, end }];
    this.#at += 1;
    const value = this.parse();
    return [{ key: name, value, start, end: value.end }];
  }

  #skipRest({ start }: TsExpression): TsExpression {
    while (this.#at < this.#tokens.length && !enders.has(this.#tokens[this.#at]?.text ?? ";"))
      this.#at = (this.#partners.get(this.#at) ?? this.#at) + 1;
    return { kind: "other", start, end: this.#lastEnd };
  }
}
