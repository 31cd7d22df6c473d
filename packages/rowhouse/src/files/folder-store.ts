import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import path from "node:path";
import { RowhouseError } from "../errors.ts";
import { assertFileKey, isFileKey, type FileStore } from "./file-store.ts";

/**
 * Keeps files in a folder, which is made when it is needed. Folders are for their owner alone (0700), and so are files (0600).
 * A file is written beside its place, then moved there: a reader sees the old one or the new one, also after a crash.
 */
export function folderStore(settings: { readonly folder: string }): FileStore {
  const root = path.resolve(settings.folder);
  return {
    put: (key, bytes) => guarded("written", () => write(root, key, bytes)),
    get: (key) => guarded("read", () => read(root, key)),
    delete: (key) => guarded("deleted", () => remove(root, key)),
    list: () => list(root),
  };
}

async function write(root: string, key: string, bytes: Uint8Array): Promise<void> {
  const place = placeOf(root, key);
  const folder = path.dirname(place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await assertInside(root, folder);
  const draft = path.join(folder, `.${randomUUID()}.draft`);
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function read(root: string, key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const place = placeOf(root, key);
  try {
    await assertInside(root, path.dirname(place));
    const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      return new Uint8Array(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function remove(root: string, key: string): Promise<void> {
  const place = placeOf(root, key);
  try {
    await assertInside(root, path.dirname(place));
    await rm(place, { force: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** One folder at a time, so that a large store needs no large memory. Links are not followed. */
async function* list(root: string, folder = ""): AsyncGenerator<string> {
  for (const entry of await guarded("listed", () => readFolder(path.join(root, folder)))) {
    const key = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* list(root, key);
    else if (entry.isFile() && isFileKey(key)) yield key;
  }
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function placeOf(root: string, key: string): string {
  assertFileKey(key);
  return path.join(root, ...key.split("/"));
}

/** A link that somebody put into the folder leads out of it, whatever the key looks like. */
async function assertInside(root: string, folder: string): Promise<void> {
  const [realRoot, realFolder] = await Promise.all([realpath(root), realpath(folder)]);
  if (realFolder.startsWith(`${realRoot}${path.sep}`)) return;
  throw new Error(`A folder of the file store is a link that leads out of it: ${folder}`);
}

async function guarded<T>(done: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TypeError) throw cause;
    throw new RowhouseError(
      "FILES_UNREACHABLE",
      `A file could not be ${done}; check the folder, its owner and its space.`,
      {
        cause,
      },
    );
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
