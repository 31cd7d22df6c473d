import type { FieldErrorCode } from "rowhouse";
import german from "../messages/de/refusals.json" with { type: "json" };
import { messages } from "../messages/index.ts";
import type { Problem } from "../tenancy/problem.ts";
import type { Language } from "./language.ts";

/**
 * What refusals say. The API speaks English and so do schemas and the library; their sentences are the keys here, as in
 * gettext. A sentence that is not listed is told by its field's code, or else the problem's, so nobody reads a foreign one.
 */
interface Refusals {
  readonly codes: Readonly<Record<string, string>> & { readonly INTERNAL: string };
  readonly sentences: Readonly<Record<string, string>>;
}

const refusals: Readonly<Record<Exclude<Language, "en">, Refusals>> = { de: german };

/**
 * A refusal as somebody who reads this language can take it. Its code and its fields stay as they are. When to try again is
 * told in words: who waits does not count seconds.
 */
export function translateProblem(problem: Problem, language: Language, retryAfterSeconds?: number): Problem {
  const told = language === "en" ? problem : translateSentences(problem, language);
  if (problem.code !== "TOO_MANY_REQUESTS" || retryAfterSeconds === undefined) return told;
  const when = waitInWords(retryAfterSeconds, language);
  return { ...told, detail: messages[language].problems.tooMany.replace("{when}", when) };
}

function translateSentences(problem: Problem, language: Exclude<Language, "en">): Problem {
  const { codes, sentences } = refusals[language];
  const fields: Readonly<Record<FieldErrorCode, string>> = messages[language].problems.fields;
  const byCode = codes[problem.code] ?? codes.INTERNAL;
  const translate = (sentence: string, otherwise: string) => translateSentence(sentence, sentences) ?? otherwise;
  return {
    ...problem,
    detail: translate(problem.detail, byCode),
    ...(problem.errors === undefined
      ? {}
      : {
          errors: problem.errors.map((error) => ({ ...error, message: translate(error.message, fields[error.code]) })),
        }),
  };
}

/** `in 3 minutes`: never sooner than it is, and no more exact than anybody needs. */
function waitInWords(seconds: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(language);
  if (seconds <= 50) return format.format(Math.max(Math.ceil(seconds / 10), 1) * 10, "second");
  if (seconds <= 3540) return format.format(Math.ceil(seconds / 60), "minute");
  return format.format(Math.ceil(seconds / 3600), "hour");
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
