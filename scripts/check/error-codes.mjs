import { existsSync } from "node:fs";
import { join } from "node:path";
import { readText } from "./repository-files.mjs";

const sourceFile = "packages/rowhouse/src/errors.ts";
const referenceFile = "docs/reference/errors.md";

export const name = "error codes";

/** Error codes without an entry in the reference, and entries without a code. */
export async function run(root) {
  const missing = [sourceFile, referenceFile].filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) return missing.map((path) => `${path}: missing, so the error codes cannot be compared.`);
  const codes = readCodes(await readText(root, sourceFile));
  if (codes === undefined) return [`${sourceFile}: no \`export const errorCodes = [...]\` of strings found.`];
  const entries = readEntries(await readText(root, referenceFile));
  return [
    ...codes.filter((code) => !entries.includes(code)).map((code) => `${referenceFile}: no entry for ${code}.`),
    ...entries.filter((code) => !codes.includes(code)).map((code) => `${sourceFile}: no code for the entry ${code}.`),
  ];
}

function readCodes(source) {
  const list = /export const errorCodes\b[^=]*=\s*(?:Object\.freeze\()?\[([^\]]*)\]/.exec(source)?.[1];
  if (list === undefined) return undefined;
  const codes = [...list.replace(/\/\/.*$/gm, "").matchAll(/["']([A-Z][A-Z0-9_]*)["']/g)].map(([, code]) => code);
  return codes.length === 0 ? undefined : codes;
}

/** An entry is a heading, or the first cell of a table row, that is nothing but the code. */
function readEntries(reference) {
  const heading = /^#{2,6}\s+`?([A-Z][A-Z0-9_]+)`?\s*$/gm;
  const firstCell = /^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|/gm;
  const found = [heading, firstCell].flatMap((pattern) => [...reference.matchAll(pattern)].map(([, code]) => code));
  return [...new Set(found)];
}
