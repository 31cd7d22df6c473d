import { spawn, type ChildProcess } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

const exitWithParent = new URL(`exit-with-parent.mjs?parent=${process.pid}`, import.meta.url).href;
const keptCharacters = 20_000;

export interface ChildOptions {
  readonly cwd?: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Given to it on its standard input. */
  readonly input?: string;
  /** Stops it. */
  readonly signal: AbortSignal;
}

export interface ChildResult {
  readonly code: number | null;
  /** The end of what it printed, both streams. */
  readonly output: string;
}

/** Runs Node to its end. The child ends with this process, however this one ends. */
export async function runNode(nodeArguments: readonly string[], options: ChildOptions): Promise<ChildResult> {
  options.signal.throwIfAborted();
  const child = startNode(nodeArguments, options);
  let output = "";
  const keep = (chunk: string): void => {
    output = (output + chunk).slice(-keptCharacters);
  };
  child.stdout?.setEncoding("utf8").on("data", keep);
  child.stderr?.setEncoding("utf8").on("data", keep);
  // A child that ends before it reads has its exit code to say so.
  child.stdin?.on("error", () => undefined).end(options.input ?? "");
  const stop = (): boolean => child.kill("SIGKILL");
  options.signal.addEventListener("abort", stop, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    options.signal.throwIfAborted();
    return { code, output: output.trim() };
  } finally {
    options.signal.removeEventListener("abort", stop);
  }
}

/** Starts Node with pipes, so that a person sees the words of this process alone, and with a channel that tells of its end. */
export function startNode(
  nodeArguments: readonly string[],
  { cwd, environment }: Pick<ChildOptions, "cwd" | "environment">,
): ChildProcess {
  return spawn(process.execPath, ["--import", exitWithParent, ...nodeArguments], {
    ...(cwd === undefined ? {} : { cwd }),
    env: environment,
    stdio: ["pipe", "pipe", "pipe", "ipc"],
  });
}

/** The line of an output that says what went wrong, with the list under it: an error that ended the process, else the last line with a word in it. */
export function lastWords(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trim());
  const error = lines.findLastIndex((line) =>
    /^(\[?\w*Error\b|Type error|Rowhouse does not start|.*\berror TS\d+).*:/.test(line),
  );
  if (error === -1) return lines.findLast((line) => /\w/.test(line)) ?? "it said nothing";
  const after = lines.slice(error + 1);
  const end = after.findIndex((line) => !line.startsWith("- "));
  return [lines[error], ...after.slice(0, end === -1 ? after.length : end)].join("\n");
}
