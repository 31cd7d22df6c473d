import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { listFiles } from "./repository-files.mjs";

/** What is fixed to a side of the screen, and what says the same for both directions of writing. */
const sided = [
  [/^(scroll-)?m[lr]-/, "ms-, me-"],
  [/^(scroll-)?p[lr]-/, "ps-, pe-"],
  [/^(left|right)-(\d|\[|\(|px|auto|full)/, "start-, end-"],
  [/^(text|float|clear)-(left|right)$/, "-start, -end"],
  [/^border-[lr](-|$)/, "border-s, border-e"],
  [/^rounded-[lr](-|$)/, "rounded-s, rounded-e"],
  [/^rounded-[tb][lr](-|$)/, "rounded-ss, rounded-se, rounded-es, rounded-ee"],
];
const sidedStyle = /\b(margin|padding|border|inset)(-(left|right)|Left|Right)\b|^\s*(left|right)\s*:/;

export const name = "logical directions";

/** Classes and styles of the product that would stay on their side in a language that is written from right to left. */
export async function run(root) {
  const findings = [];
  for (const path of await listFiles(root)) {
    if (!/^apps\/web\/.+\.(tsx?|css)$/.test(path) || path.startsWith("apps/web/test/")) continue;
    const lines = (await readFile(join(root, path), "utf8")).split("\n");
    for (const [index, line] of lines.entries())
      for (const finding of findingsIn(line)) findings.push(`${path}:${index + 1}: ${finding}`);
  }
  return findings;
}

function findingsIn(line) {
  if (/^\s*(\/\/|\/?\*)/.test(line)) return [];
  const tokens = line.split(/[\s"'`;{}]+/).map(withoutVariants);
  const classes = tokens.flatMap((token) => {
    const better = sided.find(([pattern]) => pattern.test(token))?.[1];
    return better === undefined ? [] : [`"${token}" is fixed to a side. Write ${better}.`];
  });
  const style = sidedStyle.exec(line);
  return style === null
    ? classes
    : [...classes, `"${style[0].trim()}" is fixed to a side. Write its inline-start or -end.`];
}

/** `md:hover:-ml-2!` is as much `ml-2`. */
function withoutVariants(token) {
  return token.replace(/^([\w@/[\]().&>*~=%#,-]+:)+/, "").replace(/^[!-]+/, "");
}
