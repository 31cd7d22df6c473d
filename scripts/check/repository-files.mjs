import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * The paths of all files that are committed or could be: new files count, ignored and deleted ones do not.
 *
 * @param {string} root
 * @returns {Promise<string[]>} relative to the root, with forward slashes, sorted
 */
export async function listFiles(root) {
  // A clone that belongs to another user (a container's volume) is refused by git unless it is named safe.
  const options = ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await run("git", options, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  const paths = new Set(stdout.split("\0").filter((path) => path !== "" && existsSync(join(root, path))));
  return [...paths].sort();
}

/** The text of a file of the repository. */
export async function readText(root, path) {
  return await readFile(join(root, path), "utf8");
}

/** The 1-based line of an offset in a text. */
export function lineAt(text, offset) {
  return text.slice(0, offset).split("\n").length;
}
