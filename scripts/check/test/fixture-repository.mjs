import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * Runs a house rule over a repository made of the given files, and deletes it.
 *
 * @param {(root: string) => Promise<string[]>} rule
 * @param {Record<string, string>} files content by path
 * @returns {Promise<string[]>} the findings
 */
export async function findingsIn(rule, files) {
  const root = mkdtempSync(join(tmpdir(), "rowhouse-rule-"));
  try {
    execFileSync("git", ["init", "--quiet", root]);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return await rule(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
