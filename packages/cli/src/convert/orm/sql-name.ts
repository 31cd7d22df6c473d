import { loadModule, scanSync } from "libpg-query";

await loadModule();

/** Names that SQL reads as they are, unless they are words of its own; what `quote_ident` goes by. */
const plain = /^[a-z_][a-z0-9_]*$/;
const unreserved = new Set(["NO_KEYWORD", "UNRESERVED_KEYWORD"]);

/** Of large schemas the same names are asked for again and again, and the scanner is not cheap. */
const known = new Map<string, boolean>();

/** `schema.table` as SQL writes it: `public.links`, `public."User"`, `public."order"`. */
export function sqlName(...names: readonly string[]): string {
  return names.map(quoteIdent).join(".");
}

function quoteIdent(name: string): string {
  return isFree(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function isFree(name: string): boolean {
  const found = known.get(name);
  if (found !== undefined) return found;
  const free = plain.test(name) && scanSync(name).tokens.every(({ keywordName }) => unreserved.has(keywordName));
  known.set(name, free);
  return free;
}
