import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { RowhouseError } from "rowhouse";
import { reasonOf } from "../../reason-of.ts";
import type { SourceFile } from "./source-error.ts";

/**
 * A file, or all files of a folder and its folders whose names match, in the order of their names.
 *
 * @throws RowhouseError INVALID_INPUT when it is missing, or the folder holds none
 */
export async function readSourceFiles(
  path: string,
  { flag, name }: { readonly flag: string; readonly name: RegExp },
): Promise<readonly SourceFile[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [{ path, text: await readFile(path, "utf8") }];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && name.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((each) => !each.includes("node_modules"))
      .sort();
    if (paths.length > 0)
      return await Promise.all(paths.map(async (each) => ({ path: each, text: await readFile(each, "utf8") })));
  } catch (error) {
    throw new RowhouseError("INVALID_INPUT", `The schema of ${flag} could not be read: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  throw new RowhouseError(
    "INVALID_INPUT",
    `The folder of ${flag}, ${path}, holds no schema. Name the schema's file, or the folder that holds its files.`,
  );
}
