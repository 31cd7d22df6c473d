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

/** Writes an example into a folder of its own inside the repository, where "rowhouse" resolves, checks its types and runs it. */
export async function runExample({ files, main }: Example): Promise<string> {
  const parent = path.join(root, ".rowhouse");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, "example-"));
  try {
    const settings = { extends: "../../tsconfig.base.json", compilerOptions: { noEmit: true }, include: ["*.ts"] };
    for (const [name, content] of Object.entries({
      ...files,
      "tsconfig.json": JSON.stringify(settings),
      "package.json": '{"type":"module"}',
    })) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    const [{ stdout }] = await Promise.all([
      runNode(["--conditions=rowhouse-source", "--import", "tsx", main], folder),
      runNode([tsc, "-p", ".", "--pretty", "false"], folder),
    ]);
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runNode(nodeArguments: string[], cwd: string): Promise<{ stdout: string }> {
  try {
    return await promisify(execFile)(process.execPath, nodeArguments, { cwd });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${nodeArguments.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
