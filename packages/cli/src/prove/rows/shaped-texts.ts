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
    ...texts.filter((text) => !patterns.includes(text) && !likes.includes(text)),
    ...matching,
    ...likes.map((like) => fillIn(like, token)),
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

function fillIn(like: string, token: string): string {
  return like.replaceAll("%", token).replaceAll("_", "x").replaceAll("\\", "");
}
