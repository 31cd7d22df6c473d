import type { Stats } from "node:fs";
import { chown, lchown, lstat, readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";

/** The user and group that the server runs as, in place of root, which Postgres refuses. */
export interface ServerIdentity {
  uid: number;
  gid: number;
}

/** Permission bits as in a file mode: 4 read, 2 write, 1 execute or traverse. */
const TRAVERSE = 1;

/** Linux gives this number to "nobody", whether or not the machine lists that user. */
const NOBODY = 65_534;

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Whom the server runs as: `undefined` (the caller) unless the caller is root; then the owner of `existing` data, so that a
 * cluster keeps its owner when the machine's users change, else `postgres`, else `nobody`.
 */
export async function chooseServerIdentity(existing: string): Promise<ServerIdentity | undefined> {
  if (!isRoot()) return undefined;
  const owner = await findStats(existing);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await findSystemUser("postgres")) ?? (await findSystemUser("nobody")) ?? { uid: NOBODY, gid: NOBODY };
}

/** The first folder on the way to `folder` (itself included) that `identity` cannot pass, or undefined. */
export async function findBlockingFolder(folder: string, identity: ServerIdentity): Promise<string | undefined> {
  const { root } = path.parse(folder);
  let current = root;
  for (const part of ["", ...folder.slice(root.length).split(path.sep)]) {
    current = path.join(current, part);
    const stats = await findStats(current);
    if (stats === undefined) return undefined;
    if (!mayAccess(stats, identity, TRAVERSE)) return current;
  }
  return undefined;
}

/** Whether `identity`, which has no further groups, holds all of `bits` on a file. Access lists beyond the mode are not read. */
export function mayAccess(stats: Stats, identity: ServerIdentity, bits: number): boolean {
  const shift = stats.uid === identity.uid ? 6 : stats.gid === identity.gid ? 3 : 0;
  return ((stats.mode >> shift) & bits) === bits;
}

/** Gives a whole tree to `identity`; symbolic links are given, not followed. */
export async function giveTree(folder: string, identity: ServerIdentity): Promise<void> {
  await chown(folder, identity.uid, identity.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const entryPath = path.join(folder, entry.name);
    if (entry.isDirectory()) await giveTree(entryPath, identity);
    else await lchown(entryPath, identity.uid, identity.gid);
  }
}

/** The stats of a path, or undefined where nothing is there; a symbolic link that leads nowhere counts as nothing. */
export async function findStats(target: string): Promise<Stats | undefined> {
  return ignoreMissing(stat(target));
}

/** As {@link findStats}, about the link itself. */
export async function findLinkStats(target: string): Promise<Stats | undefined> {
  return ignoreMissing(lstat(target));
}

async function ignoreMissing(stats: Promise<Stats>): Promise<Stats | undefined> {
  try {
    return await stats;
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

async function findSystemUser(name: string): Promise<ServerIdentity | undefined> {
  const passwd = (await findStats("/etc/passwd")) === undefined ? "" : await readFile("/etc/passwd", "utf8");
  const line = passwd.split("\n").find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) return undefined;
  const identity = { uid: Number(uid), gid: Number(gid) };
  return identity.uid > 0 && Number.isInteger(identity.gid) ? identity : undefined;
}

/** The `code` of a system or database error, or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
