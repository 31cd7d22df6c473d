import { listFiles, readText } from "./repository-files.mjs";

const mostLines = 400;
const advisedLines = 250;
const measured = /\.(ts|tsx|mts|js|mjs|css|sh)$/;
const generated = /(^|\/)(__snapshots__|generated)\/|\.generated\.|\.snap$/;

export const name = "file size";

/** Files of more than 400 lines. */
export async function run(root) {
  const long = await listLongFiles(root, mostLines);
  return long.map(({ path, lines }) => `${path}: ${lines} lines, at most ${mostLines}. Split it by what it is about.`);
}

/** Files of 251 to 400 lines: worth a look, and no failure. */
export async function advise(root) {
  const long = (await listLongFiles(root, advisedLines)).filter(({ lines }) => lines <= mostLines);
  return long.map(({ path, lines }) => `${path}: ${lines} lines, better under ${advisedLines}.`);
}

async function listLongFiles(root, most) {
  const paths = (await listFiles(root)).filter((path) => measured.test(path) && !generated.test(path));
  const sizes = await Promise.all(paths.map(async (path) => ({ path, lines: countLines(await readText(root, path)) })));
  return sizes.filter(({ lines }) => lines > most);
}

function countLines(text) {
  return text.replace(/\n$/, "").split("\n").length;
}
