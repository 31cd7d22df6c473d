import type { FieldErrorCode } from "rowhouse";
import german from "../messages/de/refusals.json" with { type: "json" };
import type { Problem } from "../tenancy/problem.ts";
import type { Language } from "./language.ts";

/**
 * What refusals say. The API speaks English and so do schemas and the library; their sentences are the keys here, as in
 * gettext. A sentence that is not listed is told by its field's code, or else the problem's, so nobody reads a foreign one.
 */
interface Refusals {
  readonly codes: Readonly<Record<string, string>> & { readonly INTERNAL: string };
  /** For sentences about a field that are not listed. */
  readonly fields: Readonly<Record<FieldErrorCode, string>>;
  readonly sentences: Readonly<Record<string, string>>;
}

const refusals: Readonly<Record<Exclude<Language, "en">, Refusals>> = { de: german };

/** A refusal as somebody who reads this language can take it. Its code and its fields stay as they are. */
export function translateProblem(problem: Problem, language: Language): Problem {
  if (language === "en") return problem;
  const { codes, fields, sentences } = refusals[language];
  const byCode = codes[problem.code] ?? codes.INTERNAL;
  const translate = (sentence: string, otherwise = byCode) => translateSentence(sentence, sentences) ?? otherwise;
  return {
    ...problem,
    detail: translate(problem.detail),
    ...(problem.errors === undefined
      ? {}
      : {
          errors: problem.errors.map((error) => ({
            ...error,
            message: translate(error.message, error.code && fields[error.code]),
          })),
        }),
  };
}

const longestSentence = 500;

function translateSentence(sentence: string, sentences: Refusals["sentences"]): string | undefined {
  if (Object.hasOwn(sentences, sentence)) return sentences[sentence];
  if (sentence.length > longestSentence) return undefined;
  for (const [pattern, translation] of Object.entries(sentences)) {
    const values = pattern.includes("{") ? matchPattern(pattern, sentence) : undefined;
    if (values !== undefined) return translation.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  }
  return undefined;
}

/** What stands at the places of a pattern such as `Use at most {longest} characters.` */
function matchPattern(pattern: string, sentence: string): Readonly<Record<string, string>> | undefined {
  const source = pattern.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+?)");
  return new RegExp(`^${source}$`, "u").exec(sentence)?.groups;
}
