import { randomInt } from "node:crypto";
import type { Value } from "./known-values.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A value of the same form that names nothing: what an answer to a foreign id must not differ from. */
export function makeUnknown(value: Value): Value {
  if (typeof value === "number") return 1_900_000_000 + randomInt(200_000_000);
  if (/^\d+$/.test(value)) return String(makeUnknown(Number(value)));
  if (uuid.test(value)) return value.slice(0, -12) + mix(value.slice(-12), "0123456789abcdef");
  // What stands before an underscore is the prefix of a kind: `prj_81f3`.
  const prefix = /^[a-z]+_/i.exec(value)?.[0] ?? "";
  return (
    prefix +
    value
      .slice(prefix.length)
      .replace(/[a-z]/gi, (one) => mix(one, letters))
      .replace(/\d/g, (one) => mix(one, "0123456789"))
  );
}

function mix(text: string, alphabet: string): string {
  return [...text].map(() => alphabet[randomInt(alphabet.length)]).join("");
}
