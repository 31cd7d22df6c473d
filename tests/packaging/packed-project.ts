import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What is published, and what an application brings itself. */
const packages = {
  rowhouse: {
    folder: "packages/rowhouse",
    holds: ["package.json", "sql"],
    // Types, React for `rowhouse/react`, and the ORMs that adapters are for.
    besides: ["@types/node", "undici-types", "react", "@types/react", "csstype", "@prisma/adapter-pg", "drizzle-orm"],
  },
  "eslint-plugin-rowhouse": {
    folder: "packages/eslint-plugin",
    holds: ["package.json", "README.md", "docs"],
    besides: ["eslint", "typescript", "@typescript-eslint/parser"],
  },
};

export interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** An empty project into which a packed package was put. */
export interface PackedProject extends AsyncDisposable {
  readonly folder: string;
  readonly manifest: Manifest;
  /** What the package holds, by path. */
  readonly files: readonly string[];
  write(name: string, content: string): Promise<void>;
  /** Reads a file of the package. */
  read(file: string): Promise<string>;
  /** Runs Node there, without any of this repository's settings. @returns standard output */
  node(...nodeArguments: string[]): Promise<string>;
  /** Runs the compiler there. @returns what it says, empty when it is content */
  check(options: Readonly<Record<string, unknown>>): Promise<string>;
}

/**
 * Packs a package as `npm publish` would, from today's sources, and unpacks it into a project. Its dependencies are links to
 * this repository's: an install would need the network, and only those that the package names are linked.
 */
export async function makePackedProject(name: keyof typeof packages): Promise<PackedProject> {
  const { holds, besides } = packages[name];
  const source = path.join(root, packages[name].folder);
  const folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-packed-"));
  const staged = path.join(folder, "staged");
  const project = path.join(folder, "project");
  await mkdir(path.join(project, "node_modules/@types"), { recursive: true });
  await mkdir(staged);
  for (const each of holds) await cp(path.join(source, each), path.join(staged, each), { recursive: true });
  await compile(["-p", path.join(source, "tsconfig.build.json"), "--outDir", path.join(staged, "dist")], root);
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--loglevel=error"], { cwd: staged });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) throw new Error("npm packed nothing.");
  await run("tar", ["-xzf", path.join(staged, packed.filename), "-C", folder]);
  const installed = path.join(project, "node_modules", name);
  await cp(path.join(folder, "package"), installed, { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(installed, "package.json"), "utf8")) as Manifest;
  for (const each of [...Object.keys(manifest.dependencies), ...besides]) await link(project, each);
  await writeFile(path.join(project, "package.json"), '{"name":"consumer","private":true,"type":"module"}');
  return {
    folder: project,
    manifest,
    files: packed.files.map((file) => file.path),
    read: (file) => readFile(path.join(installed, file), "utf8"),
    write: (name, content) => writeFile(path.join(project, name), content),
    node: async (...nodeArguments) => (await run(process.execPath, nodeArguments, { cwd: project })).stdout,
    check: async (options) => {
      await writeFile(
        path.join(project, "tsconfig.json"),
        JSON.stringify({ compilerOptions: options, include: ["*.ts"] }),
      );
      return compile(["-p", ".", "--pretty", "false"], project);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function link(project: string, name: string): Promise<void> {
  const target = path.join(project, "node_modules", name);
  await mkdir(path.dirname(target), { recursive: true });
  await symlink(path.join(root, "node_modules", name), target);
}

/** @returns the compiler's findings */
async function compile(compilerArguments: readonly string[], cwd: string): Promise<string> {
  try {
    return (
      await run(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), ...compilerArguments], { cwd })
    ).stdout;
  } catch (error) {
    if (error instanceof Error && "stdout" in error) return String(error.stdout);
    throw error;
  }
}
