import { readFile, writeFile } from "node:fs/promises";

const readme = new URL("../README.md", import.meta.url);
const begin = "<!-- begin: written by npm run bench -- --write -->";
const end = "<!-- end -->";

/** Puts the report between the marks in README.md. */
export async function writeReadme(report: string): Promise<void> {
  const text = await readFile(readme, "utf8");
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1)
    throw new Error(`bench/README.md has lost its marks ${begin} and ${end}; put them back.`);
  await writeFile(readme, `${text.slice(0, from + begin.length)}\n\n${report}\n\n${text.slice(to)}`);
}
