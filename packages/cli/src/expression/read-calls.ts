import type { Token } from "./scan-sql.ts";

/** A call of a function in a body: where it begins, and what stands between its commas. */
export interface Call {
  readonly index: number;
  readonly values: readonly (readonly Token[])[];
}

/** Every call of a function by its bare or qualified name. */
export function readCalls(tokens: readonly Token[], name: string): readonly Call[] {
  return tokens.flatMap((token, index) =>
    isWord(token, name) && isWord(tokens[index + 1], "(") ? [{ index, values: readValues(tokens, index + 2) }] : [],
  );
}

function readValues(tokens: readonly Token[], start: number): readonly (readonly Token[])[] {
  const values: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(start)) {
    if (isWord(token, ")") && depth === 0) break;
    if (isWord(token, "(") || isWord(token, "[")) depth += 1;
    if (isWord(token, ")") || isWord(token, "]")) depth -= 1;
    if (isWord(token, ",") && depth === 0) values.push([]);
    else values.at(-1)?.push(token);
  }
  return values;
}

export function isWord(token: Token | undefined, ...values: readonly string[]): boolean {
  return token?.kind === "word" && values.includes(token.value);
}

/** PL/pgSQL words after which a statement begins, and the start of the body itself. */
export function beginsStatement(tokens: readonly Token[], index: number): boolean {
  return index === 0 || isWord(tokens[index - 1], ";", "begin", "then", "else", "loop", "declare", ">>");
}
