import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const stampFile = (root) => join(root, "node_modules", ".rowhouse-install");
// npm writes this record of what it has put into node_modules as the last act of an install.
const npmRecordFile = (root) => join(root, "node_modules", ".package-lock.json");

/**
 * Whether node_modules holds what package-lock.json asks for, on this platform and major version of Node.
 * An install that somebody made by hand with npm counts when npm's own record agrees with the lock.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function isInstalled(root) {
  const stamp = readIfPresent(stampFile(root));
  if (stamp !== undefined && stamp === expectedStamp(root)) return true;
  if (!npmRecordAgrees(root)) return false;
  rememberInstall(root);
  return true;
}

/** Called last, so that a kill at any earlier moment leaves an install that is done again. */
export function rememberInstall(root) {
  const file = stampFile(root);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, expectedStamp(root));
  renameSync(draft, file);
}

/** Both records go before npm starts to delete: otherwise a kill in the middle leaves half an install that looks whole. */
export function forgetInstall(root) {
  rmSync(stampFile(root), { force: true });
  rmSync(npmRecordFile(root), { force: true });
}

function expectedStamp(root) {
  const lock = readFileSync(join(root, "package-lock.json"));
  const [nodeMajor] = process.versions.node.split(".");
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch} node${nodeMajor}\n`;
}

function npmRecordAgrees(root) {
  const record = readPackages(npmRecordFile(root));
  const lock = readPackages(join(root, "package-lock.json"));
  if (record === undefined || lock === undefined) return false;
  return (
    Object.entries(record).every(([path, entry]) => isSame(entry, lock[path]) && isHere(root, path, entry)) &&
    Object.entries(lock).every(([path, entry]) => path === "" || entry.optional || path in record)
  );
}

function isSame(installed, wanted) {
  return (
    wanted !== undefined &&
    installed.version === wanted.version &&
    installed.integrity === wanted.integrity &&
    JSON.stringify(installed.dependencies) === JSON.stringify(wanted.dependencies)
  );
}

function isHere(root, path, entry) {
  const fits = (names, own) =>
    !Array.isArray(names) || names.includes(own) || names.some((name) => name.startsWith("!"));
  return (
    fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && existsSync(join(root, path, "package.json"))
  );
}

function readPackages(file) {
  const text = readIfPresent(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text).packages;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readIfPresent(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
}
