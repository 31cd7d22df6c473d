import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The first block of a language in a Markdown file, as it stands there. */
export async function readBlock(file: string, language: string): Promise<string> {
  const text = await readFile(path.join(root, file), "utf8");
  const block = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "m").exec(text)?.[1];
  if (block === undefined) throw new Error(`${file} has no block of ${language}.`);
  return block;
}

/** Milliseconds. A compiler and a program start beside each other, perhaps on a machine with other work. */
export const exampleTimeout = 180_000;

export interface Example {
  /** Path below the example's folder, and content. */
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
}

/**
 * Writes examples into folders of their own inside the repository, where "rowhouse" resolves, checks their types together, since that
 * takes the longest, and runs them. What they print, in order.
 */
export async function runExamples(...examples: readonly Example[]): Promise<string[]> {
  const parent = path.join(root, ".rowhouse");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, "example-"));
  try {
    const settings = { extends: "../../tsconfig.base.json", compilerOptions: { noEmit: true }, include: ["**/*.ts"] };
    await writeFiles(folder, { "tsconfig.json": JSON.stringify(settings), "package.json": '{"type":"module"}' });
    const folders = examples.map((_, index) => path.join(folder, String(index)));
    await Promise.all(examples.map(({ files }, index) => writeFiles(folders[index] ?? folder, files)));
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    const [, ...printed] = await Promise.all([
      runNode([tsc, "-p", ".", "--pretty", "false"], folder),
      ...examples.map(({ main }, index) =>
        runNode(["--conditions=rowhouse-source", "--import", "tsx", main], folders[index] ?? folder),
      ),
    ]);
    return printed;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

async function runNode(nodeArguments: string[], cwd: string): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, nodeArguments, { cwd })).stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${nodeArguments.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
