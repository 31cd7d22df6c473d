import { randomBytes, randomUUID } from "node:crypto";
import type { Hints } from "./check-hints.ts";
import { stringsMatching } from "./strings-matching.ts";

/** Texts in the forms that checks ask for, each unique as far as its form allows; likelier ones first. */
export async function shapedTexts(party: string, { texts, numbers, patterns, likes }: Hints): Promise<string[]> {
  const token = randomBytes(6).toString("hex");
  const name = `rowhouse-prove-${party.toLowerCase()}-${token}`;
  const lengths = numbers.filter((number) => Number.isInteger(number) && number >= 0 && number <= 10_000);
  const matching = (await Promise.all(patterns.map(stringsMatching))).flat();
  return [
    ...texts
      .filter((text) => !patterns.includes(text) && !likes.includes(text))
      .flatMap((text) => [text, ...listed(text)]),
    ...matching,
    ...likes.flatMap((like) => [fillIn(like, token), ...lengths.map((length) => fillInTo(like, length))]),
    name,
    name.replaceAll("-", "_"),
    `${name}@example.com`,
    `https://example.com/${name}`,
    randomBytes(16).toString("hex"),
    randomBytes(32).toString("hex"),
    randomUUID(),
    ...lengths.flatMap((length) => [length, length + 1, length - 1].flatMap(ofLength)),
    name.toUpperCase(),
    letters(12),
    letters(12).toUpperCase(),
    digits(6),
    digits(10),
    `+49${digits(9)}`,
    `${name}.example.com`,
    ...["DE", "de", "DEU", "EUR", "en", "en-US", "Europe/Berlin", "2026-06-01", "2026-06-01T12:00:00Z", "12:00"],
    ...["#aabbcc", "1.0.0", "127.0.0.1", "/", `/${name}`, "{}", "[]", "text/plain", "0", "1", "x", "X", ""],
    ...texts.flatMap((text) => [`${text}${token}`, `${token}${text}`, `${token}${text}${token}`]),
  ];
}

/** An array that Postgres wrote as one text: `{draft,sent}`. */
function listed(text: string): string[] {
  return /^\{.+\}$/.test(text)
    ? text
        .slice(1, -1)
        .split(",")
        .map((each) => each.replace(/^"(.*)"$/, "$1"))
    : [];
}

function ofLength(length: number): string[] {
  if (length < 1) return [];
  return [randomBytes(length).toString("hex").slice(0, length), letters(length).toUpperCase(), digits(length)];
}

function letters(length: number): string {
  return Array.from(randomBytes(length), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
}

function digits(length: number): string {
  return Array.from(randomBytes(length), (byte, index) => (index === 0 ? 1 + (byte % 9) : byte % 10)).join("");
}

/** What a pattern of LIKE allows. A backslash takes the next letter for what it is. */
function fillIn(like: string, token: string): string {
  return like.replace(/\\(.)|[%_]/g, (found, escaped?: string) => escaped ?? (found === "%" ? token : "x"));
}

/** The same, of a length. */
function fillInTo(like: string, length: number): string {
  const missing = length - fillIn(like, "").length;
  const first = like.search(/(?<!\\)%/);
  if (first === -1 || missing < 1) return fillIn(like, "");
  const token = randomBytes(missing).toString("hex").slice(0, missing);
  return fillIn(like.slice(0, first), "") + token + fillIn(like.slice(first + 1), "");
}
