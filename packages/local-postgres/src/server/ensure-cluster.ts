import { randomBytes, randomUUID } from "node:crypto";
import { chown, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { LocalPostgresError } from "./local-postgres-error.ts";
import type { PostgresBinaries } from "./prepare-binaries.ts";
import { runBinary } from "./run-binary.ts";
import type { ServerIdentity } from "./server-identity.ts";
import { errorCode, findStats, giveTree, isRoot } from "./server-identity.ts";
import { isAlive } from "./find-postmaster.ts";

/** One initialised database cluster: its files, its password and the user that its server runs as. */
export interface Cluster {
  /** Holds `data`, `password` and `server.log`. */
  folder: string;
  dataDirectory: string;
  password: string;
  identity: ServerIdentity | undefined;
  binaries: PostgresBinaries;
}

export interface ClusterOptions {
  dataFolder: string;
  identity: ServerIdentity | undefined;
  binaries: PostgresBinaries;
  durable: boolean;
}

/**
 * Opens the cluster of a data folder and makes it on first use. It is made beside its place and renamed into it, so that a
 * cluster is either complete or not there, and the first of several processes wins.
 */
export async function ensureCluster(options: ClusterOptions): Promise<Cluster> {
  const folder = path.join(options.dataFolder, "cluster");
  if ((await findStats(folder)) === undefined) await initialiseCluster(folder, options);
  await removeAbandoned(options.dataFolder);
  return openCluster(folder, options);
}

async function initialiseCluster(folder: string, options: ClusterOptions): Promise<void> {
  const { dataFolder, identity, binaries, durable } = options;
  const unfinished = path.join(dataFolder, `initialising-${process.pid}-${randomUUID()}`);
  const passwordFile = path.join(unfinished, "password");
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  if (identity !== undefined) {
    await chown(unfinished, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  const { exitCode, output } = await runBinary(
    binaries.initdb,
    [
      "--pgdata=data",
      "--username=postgres",
      "--pwfile=password",
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--no-instructions",
      ...(durable ? [] : ["--no-sync"]),
    ],
    { cwd: unfinished, identity },
  );
  if (exitCode !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw new LocalPostgresError(
      "INIT_FAILED",
      `Postgres could not make a database in ${dataFolder} (initdb ended with ${exitCode}). Check free disk space and the folder's permissions.`,
      { serverLog: output.split("\n").slice(-5).join("\n") },
    );
  }
  try {
    await rename(unfinished, folder);
  } catch (error) {
    if ((await findStats(folder)) === undefined) throw error;
    // Another process made the cluster first; ours was never used.
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function openCluster(folder: string, { binaries, identity }: ClusterOptions): Promise<Cluster> {
  const dataDirectory = path.join(folder, "data");
  const owner = await findStats(folder);
  if (isRoot() && owner?.uid === 0 && identity !== undefined) await giveTree(folder, identity);
  const version = (await readClusterFile(path.join(dataDirectory, "PG_VERSION"))).trim();
  if (version !== binaries.majorVersion) {
    throw new LocalPostgresError(
      "INIT_FAILED",
      `The database in ${folder} was made by Postgres ${version}, and Postgres ${binaries.majorVersion} is installed. Move that folder away to begin with an empty database, or set DATABASE_URL.`,
    );
  }
  const password = (await readClusterFile(path.join(folder, "password"))).trim();
  return { folder, dataDirectory, password, identity, binaries };
}

async function readClusterFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const code = errorCode(cause);
    if (code === "EACCES" || code === "EPERM") {
      throw new LocalPostgresError(
        "FOLDER_NOT_WRITABLE",
        `Cannot read ${file}: the database belongs to another user. Start it as that user, or choose another folder.`,
        { cause },
      );
    }
    throw new LocalPostgresError(
      "INIT_FAILED",
      `The database folder is damaged: ${file} is missing or not readable. Restore it, or remove ${path.dirname(file)} to begin with an empty database.`,
      { cause },
    );
  }
}

/** Removes what killed processes left: half-made clusters and half-made copies of the binaries. */
async function removeAbandoned(dataFolder: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    const maker = /^(?:initialising|copying)-(\d+)-/.exec(name)?.[1];
    if (maker === undefined) continue;
    const leftover = path.join(dataFolder, name);
    if (isAlive(Number(maker)) && !(await isOld(leftover))) continue;
    await rm(leftover, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** A container gives the same process ids again on each start, so a live maker alone proves nothing for long. */
async function isOld(leftover: string): Promise<boolean> {
  const stats = await findStats(leftover);
  return stats !== undefined && Date.now() - stats.mtimeMs > LONGEST_MAKING_MS;
}

const LONGEST_MAKING_MS = 10 * 60_000;
