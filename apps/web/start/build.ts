import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { StartError } from "./start-error.ts";

/** What the build is made from, relative to the repository. */
const sources = ["apps/web", "packages/rowhouse/src", "packages/rowhouse/sql", "package-lock.json", "tsconfig.base.json"];
const ignored = new Set(["node_modules", ".next", "dist", "test", "start", ".rowhouse"]);

/** Builds the library and the product, unless what is there was built from the same sources. */
export async function ensureBuilt(root: string, onStep: (text: string) => void): Promise<string> {
  const web = path.join(root, "apps/web");
  const standalone = path.join(web, ".next/standalone/apps/web");
  const server = path.join(standalone, "server.js");
  const stamp = path.join(web, ".next/rowhouse-sources");
  const hash = await hashSources(root);
  if (existsSync(server) && existsSync(stamp) && (await readFile(stamp, "utf8")) === hash) return server;
  onStep("Building (about a minute, the first time)");
  // Without the stamp a build that is killed half-way is not taken for a whole one.
  await rm(stamp, { force: true });
  await runNpm(root, ["run", "build"]);
  await cp(path.join(web, ".next/static"), path.join(standalone, ".next/static"), { recursive: true });
  await writeFile(stamp, hash);
  return server;
}

async function hashSources(root: string): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  for (const source of sources) await addToHash(hash, root, source);
  return hash.digest("hex");
}

async function addToHash(hash: ReturnType<typeof createHash>, root: string, relative: string): Promise<void> {
  const full = path.join(root, relative);
  const entries = await readdir(full, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (entries === undefined) {
    hash.update(relative).update(await readFile(full));
    return;
  }
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const isGenerated = ignored.has(name) || name === "next-env.d.ts" || name.endsWith(".tsbuildinfo");
    if (!isGenerated) await addToHash(hash, root, path.join(relative, name));
  }
}

async function runNpm(root: string, args: readonly string[]): Promise<void> {
  const child = spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code === 0) return;
  const tail = Buffer.concat(output).toString("utf8").trim().split("\n").slice(-15).join("\n");
  throw new StartError(`The build failed. Its last lines:\n${tail}`);
}
