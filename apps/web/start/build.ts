import { createHash, type Hash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serverEnvironment } from "../settings.ts";
import { lastWords, runNode } from "./child.ts";
import { isCode } from "./data-folder.ts";
import { tryLockFile, type LockFile } from "./lock-file.ts";
import { StartError } from "./start-error.ts";

/** What the build is made from, relative to the repository. */
const sources = [
  "apps/web",
  "packages/rowhouse/src",
  "packages/rowhouse/package.json",
  "packages/rowhouse/tsconfig.build.json",
  "package-lock.json",
  "tsconfig.base.json",
];
const ignored = new Set(["node_modules", ".next", "dist", "sql", "start", "test", "next-env.d.ts", "vitest.config.ts"]);

interface BuildOptions {
  readonly root: string;
  /** Stops the build. */
  readonly signal: AbortSignal;
  readonly onStep: (text: string) => void;
}

/** Builds the library and the product, unless what is there was built from the same sources. @returns the server's script */
export async function ensureBuilt(
  root: string,
  onStep: BuildOptions["onStep"],
  signal = new AbortController().signal,
): Promise<string> {
  const options = { root, onStep, signal };
  const paths = pathsIn(options.root);
  if (await isBuilt(paths, await hashSources(options.root))) return paths.server;
  const lock = await takeBuildLock(options);
  try {
    // Again: while this one waited, another one may have built.
    const hash = await hashSources(options.root);
    if (!(await isBuilt(paths, hash))) await build(paths, hash, options);
  } finally {
    lock.release();
  }
  return paths.server;
}

type Paths = ReturnType<typeof pathsIn>;

function pathsIn(root: string) {
  const web = path.join(root, "apps/web");
  const standalone = path.join(web, ".next/standalone/apps/web");
  return {
    web,
    library: path.join(root, "packages/rowhouse"),
    standalone,
    server: path.join(standalone, "server.js"),
    stamp: path.join(web, ".next/rowhouse-sources"),
    folder: path.join(root, ".rowhouse"),
  };
}

async function isBuilt({ server, stamp }: Paths, hash: string): Promise<boolean> {
  return existsSync(server) && existsSync(stamp) && (await readFile(stamp, "utf8")) === hash;
}

/** Two starts of one checkout, with a data folder each, share the build. */
async function takeBuildLock({ root, signal, onStep }: BuildOptions): Promise<LockFile> {
  const { folder } = pathsIn(root);
  await mkdir(folder, { recursive: true });
  for (let told = false; ; told = true) {
    const attempt = tryLockFile(path.join(folder, "build.lock"), "building");
    if (attempt.state === "taken") return attempt.lock;
    if (!told) onStep(`Waiting for process ${attempt.holder.pid}, which builds`);
    await sleep(250, undefined, { signal });
  }
}

async function build(paths: Paths, hash: string, { signal, onStep }: BuildOptions): Promise<void> {
  onStep("Building (about a minute, the first time)");
  // Without the stamp a build that is killed half-way is not taken for a whole one.
  await rm(paths.stamp, { force: true });
  const { resolve } = createRequire(import.meta.url);
  // Not by way of npm: of its processes only the first would end with this one.
  await runStep([resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], { cwd: paths.library, paths, signal });
  await runStep([resolve("next/dist/bin/next"), "build"], { cwd: paths.web, paths, signal });
  if (!existsSync(paths.server))
    throw new StartError(
      `The build ended without ${paths.server}. Remove ${path.join(paths.web, ".next")} and start again.`,
    );
  await cp(path.join(paths.web, ".next/static"), path.join(paths.standalone, ".next/static"), { recursive: true });
  const files = path.join(paths.web, "public");
  if (existsSync(files)) await cp(files, path.join(paths.standalone, "public"), { recursive: true });
  await writeFile(paths.stamp, hash);
}

async function runStep(
  nodeArguments: readonly string[],
  { cwd, paths, signal }: { cwd: string; paths: Paths; signal: AbortSignal },
): Promise<void> {
  const { code, output } = await runNode(nodeArguments, {
    cwd,
    environment: serverEnvironment({ NEXT_TELEMETRY_DISABLED: "1" }),
    signal,
  });
  if (code === 0) return;
  if (/\bENOSPC\b|no space left/i.test(output))
    throw new StartError(`The build failed: the disk is full. Free some space in ${cwd}.`);
  const log = path.join(paths.folder, "build.log");
  await writeFile(log, output);
  throw new StartError(`The build failed: ${lastWords(output)} (all that it said is in ${log})`);
}

async function hashSources(root: string): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  for (const source of sources) await addToHash(hash, root, source);
  return hash.digest("hex");
}

async function addToHash(hash: Hash, root: string, relative: string): Promise<void> {
  const full = path.join(root, relative);
  const entries = await readdir(full, { withFileTypes: true }).catch((error: unknown) => {
    if (isCode(error, "ENOTDIR")) return undefined;
    throw error;
  });
  if (entries === undefined) {
    hash.update(relative).update(await readFile(full));
    return;
  }
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const isGenerated = ignored.has(name) || name.endsWith(".tsbuildinfo");
    if (!isGenerated) await addToHash(hash, root, path.join(relative, name));
  }
}
