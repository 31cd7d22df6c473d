import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import { errorCodes, fieldErrorCodes } from "rowhouse";
import { describe, expect, it } from "vitest";
import { languages } from "../../i18n/language.ts";
import { messages } from "../../messages/index.ts";
import refusals from "../../messages/de/refusals.json" with { type: "json" };

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const others = languages.filter((language) => language !== "en");

describe.each(others)("the texts in %s", (language) => {
  const english = textsOf(messages.en);
  const translated = textsOf(messages[language]);

  it("have the keys of the English ones, no more and no fewer", () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("take the same values and marks as the English ones", () => {
    const partsOf = (texts: Map<string, string>) =>
      Object.fromEntries([...texts].map(([key, text]) => [key, argumentsOf(text)]));
    expect(partsOf(translated)).toEqual(partsOf(english));
  });

  it("are there: none is empty", () => {
    expect([...translated].filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});

it("every feature's file is among the texts, in each language", () => {
  for (const language of languages) {
    const files = readdirSync(path.join(root, "apps/web/messages", language)).map((file) => path.parse(file).name);
    expect(files.filter((name) => name !== "refusals").sort()).toEqual(Object.keys(messages[language]).sort());
  }
});

it("every code that a person can be told has a German text", () => {
  const untold = new Set(codesFor("internal"));
  const missing = errorCodes.filter((code) => !untold.has(code) && !(code in refusals.codes));
  expect(missing).toEqual([]);
});

it.each(languages)("every code that a field can be refused with, and no other, has a text in %s", (language) => {
  expect(Object.keys(messages[language].problems.fields)).toEqual([...fieldErrorCodes]);
});

it("every code that a field can be refused with is in the reference", () => {
  const reference = readFileSync(path.join(root, "docs/reference/http.md"), "utf8");
  const rows = [...reference.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, code = ""]) => code);
  expect(rows).toEqual([...fieldErrorCodes]);
});

it("every sentence of a German refusal is one that the product or the library says", () => {
  const source = [...sourcesIn("apps/web"), ...sourcesIn("packages/rowhouse/src")].join("\n");
  const unsaid = Object.keys(refusals.sentences).filter((sentence) => !patternOf(sentence).test(source));
  expect(unsaid).toEqual([]);
});

/** Codes whose presentation is the one for our own faults: INTERNAL's text tells of them. */
function codesFor(presentation: string): string[] {
  const source = readFileSync(path.join(root, "packages/rowhouse/src/http/problem.ts"), "utf8");
  return [...source.matchAll(new RegExp(`^ {2}([A-Z_]+): ${presentation},$`, "gm"))]
    .map(([, code = ""]) => code)
    .filter((code) => code !== "INTERNAL");
}

function textsOf(tree: object, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value] as const] : [...textsOf(value as object, `${prefix}${key}.`)],
    ),
  );
}

type Parts = ReturnType<IntlMessageFormat["getAst"]>;

function argumentsOf(text: string): string[] {
  return [...new Set(namesIn(new IntlMessageFormat(text, "en").getAst()))].sort();
}

function namesIn(parts: Parts): string[] {
  return parts.flatMap((part) => {
    // 0 is text, and the number sign of a plural has no value; all others have a name.
    const own = "value" in part && Number(part.type) !== 0 ? [`${part.type} ${part.value}`] : [];
    const branches = "options" in part ? Object.values(part.options).flatMap(({ value }) => namesIn(value)) : [];
    return [...own, ...branches, ...("children" in part ? namesIn(part.children) : [])];
  });
}

/** The sentence as source has it: a value is put in, and the label of a field may be. */
function patternOf(sentence: string): RegExp {
  const escaped = sentence.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "(\\$\\{.+?\\}|[\\d,]+)");
  const label = /^Enter (.+)\.$/.exec(sentence)?.[1];
  return label === undefined ? new RegExp(escaped) : new RegExp(`${escaped}|lineOfText\\("${label}"`);
}

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)(node_modules|\.next|test|dist)\//.test(file))
    .map((file) => readFileSync(path.join(root, folder, file), "utf8"));
}
