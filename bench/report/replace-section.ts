import { readFile, writeFile } from "node:fs/promises";

const readme = new URL("../README.md", import.meta.url);
const end = "<!-- end -->";

/** Puts a report between its marks in bench/README.md; `command` is the one that wrote it. */
export async function replaceSection(command: string, body: string): Promise<void> {
  const begin = `<!-- begin: written by ${command} -->`;
  const text = await readFile(readme, "utf8");
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1)
    throw new Error(`bench/README.md has lost its marks ${begin} and ${end}; put them back.`);
  await writeFile(readme, `${text.slice(0, from + begin.length)}\n\n${body}\n\n${text.slice(to)}`);
}
