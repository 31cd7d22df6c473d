/** The languages of the product; the first is the one it is written in. */
export const languages = ["en", "de"] as const;

export type Language = (typeof languages)[number];

/** Each language by its own name, as people look for it. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

/** The cookie that remembers a choice, so that the server's first byte is already right. */
export const languageCookie = "rowhouse_language";

/** One of {@link languages}, or `undefined` for anything else. */
export function parseLanguage(value: unknown): Language | undefined {
  return languages.find((language) => language === value);
}

const rightToLeft: ReadonlySet<string> = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

/** Where lines begin; also for languages that are yet to be added. */
export function directionOf(language: string): "ltr" | "rtl" {
  return rightToLeft.has(language.split("-")[0] ?? "") ? "rtl" : "ltr";
}
