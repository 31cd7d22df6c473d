import { RowhouseError } from "../errors.ts";

/** What a statement says of the transaction around it, as far as an adapter must know. */
export type TransactionWord =
  | { readonly kind: "begin"; readonly modes: string }
  /** SET TRANSACTION, which counts from the first statement on. */
  | { readonly kind: "modes"; readonly modes: string }
  | { readonly kind: "commit" | "rollback" }
  /** What an adapter does not offer, by its first word. */
  | { readonly kind: "refused"; readonly word: string };

const firstWord =
  /^(?:begin|start|commit|end|rollback|abort|set|copy|listen|unlisten|prepare|execute|deallocate|discard)\b/i;
const comment = /^\s*(?:--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)|(?:\/\*(?:[^*]|\*(?!\/))*\*\/|--[^\n]*|;)\s*$/;
const begin = /^(?:begin(?:\s+work|\s+transaction)?|start\s+transaction)\b([\s\w,]*)$/i;
const modes = /^set\s+transaction\s+((?:isolation|read|not|deferrable)[\s\w,]*)$/i;
const commit = /^(?:commit|end)(?:\s+work|\s+transaction)?$/i;
const rollback = /^(?:rollback|abort)(?:\s+work|\s+transaction)?$/i;
const harmless = /^(?:set\b|rollback\s+(?:work\s+|transaction\s+)?to\b)/i;

/**
 * Reads the statements that begin, end or shape a transaction. Only for convenience and clear messages: what slips through
 * is noticed by the answer of the server.
 */
export function readTransactionWord(text: string): TransactionWord | undefined {
  const plain = withoutComments(text);
  const word = firstWord.exec(plain)?.[0].toLowerCase();
  if (word === undefined) return undefined;
  const begun = begin.exec(plain);
  if (begun !== null) return { kind: "begin", modes: begun[1]?.trim() ?? "" };
  const shaped = modes.exec(plain);
  if (shaped !== null) return { kind: "modes", modes: shaped[1] ?? "" };
  if (commit.test(plain)) return { kind: "commit" };
  if (rollback.test(plain)) return { kind: "rollback" };
  return harmless.test(plain) ? undefined : { kind: "refused", word };
}

/**
 * For SQL by hand in an ORM that begins and ends transactions itself: it would not learn that its own had ended, and what
 * follows would run outside of it.
 *
 * @throws RowhouseError UNSCOPABLE_STATEMENT
 */
export function refuseTransactionWord(text: string, own: string): void {
  const kind = readTransactionWord(text)?.kind;
  if (kind !== "begin" && kind !== "commit" && kind !== "rollback") return;
  throw new RowhouseError(
    "UNSCOPABLE_STATEMENT",
    `SQL by hand cannot ${kind === "rollback" ? "roll back" : kind} a transaction here; ${own} begins one, commits it when ` +
      "its function returns and rolls it back when that throws.",
  );
}

/** ORMs add comments for tracing, before and after. */
function withoutComments(text: string): string {
  let plain = text.trim();
  for (;;) {
    const shorter = plain.replace(comment, "").trim();
    if (shorter === plain) return plain;
    plain = shorter;
  }
}
