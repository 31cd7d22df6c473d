import { describe, expect, it } from "vitest";
import { directionOf, parseLanguage } from "../../i18n/language.ts";
import { negotiateLanguage } from "../../i18n/negotiate-language.ts";

describe("the language of a browser", () => {
  it.each([
    [null, "en"],
    ["", "en"],
    ["de", "de"],
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["DE", "de"],
    ["en-GB,de;q=0.9", "en"],
    ["fr-FR,fr;q=0.9,de;q=0.4,en;q=0.3", "de"],
    ["en;q=0.1, de;q=0.2", "de"],
    ["de;q=0, en;q=0.1", "en"],
    ["de;q=0", "en"],
    ["*", "en"],
    ["de;q=0.5, *;q=0.9", "en"],
    ["ja, ko", "en"],
    ["de;q=2", "en"],
    ["de;q=NaN,en", "en"],
    ["__proto__, constructor", "en"],
    [`${"x,".repeat(100_000)}de`, "en"],
  ])("that sends Accept-Language: %.40s is %s", (header, language) => {
    expect(negotiateLanguage(header)).toBe(language);
  });
});

it("a cookie names a language of ours or none", () => {
  expect(["de", "en", "fr", "", undefined, "de-AT", "toString"].map(parseLanguage)).toEqual([
    "de",
    "en",
    ...Array.from({ length: 5 }),
  ]);
});

it("lines begin on the right where they do, with and without a region", () => {
  expect(["en", "de", "ar", "he-IL", "fa"].map(directionOf)).toEqual(["ltr", "ltr", "rtl", "rtl", "rtl"]);
});
