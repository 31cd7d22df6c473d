import { type Language, languages, parseLanguage } from "./language.ts";

/** No browser sends more; the rest of a longer header is not worth reading. */
const longestHeader = 1000;

/** The language of ours that an `Accept-Language` header likes best; the product's first where it names none. */
export function negotiateLanguage(header: string | null): Language {
  const wishes = (header ?? "").slice(0, longestHeader).split(",").map(parseWish);
  const [best] = wishes.filter((wish) => wish !== undefined).sort((a, b) => b.weight - a.weight);
  return best?.language ?? languages[0];
}

/** One wish such as `de-AT;q=0.8`. A region is as good as its language: there is one German. */
function parseWish(text: string): { language: Language; weight: number } | undefined {
  const [range = "", ...parameters] = text
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/);
  const language = range === "*" ? languages[0] : parseLanguage(range.split("-")[0]);
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return language !== undefined && weight > 0 && weight <= 1 ? { language, weight } : undefined;
}
