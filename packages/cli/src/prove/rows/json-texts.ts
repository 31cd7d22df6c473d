import type { Hints } from "./check-hints.ts";

/** JSON with the keys and values that conditions name. */
export function jsonTexts({ texts, numbers }: Hints): readonly string[] {
  const values: unknown[] = ["x", 1, true, [], {}, ["x"], ...texts, ...numbers];
  const single = texts.flatMap((key) => values.map((value) => ({ [key]: value })));
  const every = values.map((value) => Object.fromEntries(texts.map((key) => [key, value])));
  const lists = [[], [1], ["x"], [{}], texts];
  const all = [...every, ...single, ...lists, ...texts, ...numbers, null];
  return all.slice(0, 200).map((value) => JSON.stringify(value));
}
