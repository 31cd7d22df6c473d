import { loadModule, scanSync } from "libpg-query";

await loadModule();

/** A word of SQL or PL/pgSQL, as Postgres' own scanner cuts it. */
export interface Token {
  readonly kind: "string" | "word";
  /** A string's content; a word folded to lower case as Postgres folds it. */
  readonly value: string;
}

/** Without comments. Empty for a text that no scanner gets to the end of, which Postgres could not run either. */
export function scanSql(text: string): readonly Token[] {
  // The scanner hands its answer over as JSON and leaves these as they are.
  const printable = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, " ");
  if (printable.trim() === "") return [];
  return scan(printable).flatMap(({ text: word, tokenName }): Token[] => {
    if (tokenName.endsWith("_COMMENT")) return [];
    if (tokenName === "SCONST") return [{ kind: "string", value: contentOf(word) }];
    return [{ kind: "word", value: foldWord(word) }];
  });
}

function scan(text: string): ReturnType<typeof scanSync>["tokens"] {
  try {
    return scanSync(text).tokens;
  } catch (error) {
    // Its complaint of an open quote or comment is no JSON.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function contentOf(literal: string): string {
  const dollar = /^\$[^$]*\$/.exec(literal)?.[0];
  if (dollar !== undefined) return literal.slice(dollar.length, -dollar.length);
  return literal.slice(literal.indexOf("'") + 1, -1).replaceAll("''", "'");
}

function foldWord(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase();
}
