import { readdir, readFile } from "node:fs/promises";
import { checksInCode } from "../checks-in-code/checks-in-code.ts";
import { parseCheckPage, type CheckPage } from "./check-page.ts";
import { checksFolder } from "./checks-folder.ts";
import type { Inspection, RawFinding } from "./inspection.ts";

/** A rule of the doctor: its page, and how it is looked for. */
export interface Check extends CheckPage {
  /** What `find` runs, where it is nothing but that: statements can be run together. */
  readonly statement: string | null;
  find(inspection: Inspection): Promise<readonly RawFinding[]>;
}

/** All checks, by number. Each is a page with a statement beside it, or with a function where policies must be understood. */
export async function loadChecks(): Promise<readonly Check[]> {
  const names = await readdir(checksFolder);
  const pages = names.filter((name) => /^rh\d+\.md$/.test(name)).sort();
  return Promise.all(pages.map((name) => loadCheck(name.slice(0, -".md".length))));
}

async function loadCheck(file: string): Promise<Check> {
  const code = file.toUpperCase();
  const page = parseCheckPage(code, await readFile(new URL(`${file}.md`, checksFolder), "utf8"));
  const inCode = checksInCode.get(code);
  if (inCode !== undefined) return { ...page, statement: null, find: inCode };
  const statement = await readFile(new URL(`${file}.sql`, checksFolder), "utf8");
  return { ...page, statement, find: (inspection) => inspection.findings(statement) };
}
