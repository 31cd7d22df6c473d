import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { ServerIdentity } from "./server-identity.ts";
import { errorCode } from "./server-identity.ts";
import { LocalPostgresError } from "./local-postgres-error.ts";

export interface BinaryRun {
  cwd: string;
  identity: ServerIdentity | undefined;
}

export interface BinaryResult {
  exitCode: number | null;
  output: string;
}

/**
 * Runs one of Postgres's programs to its end. Its output goes through a file, not a pipe: a server that pg_ctl leaves behind
 * could hold a pipe open for ever and keep this process from ending.
 */
export async function runBinary(program: string, args: string[], run: BinaryRun): Promise<BinaryResult> {
  const outputPath = path.join(run.cwd, `output-${process.pid}-${randomUUID()}.log`);
  const output = await open(outputPath, "w", 0o600);
  try {
    const exitCode = await waitForExit(program, args, { ...run, outputDescriptor: output.fd });
    return { exitCode, output: (await readFile(outputPath, "utf8")).trim() };
  } finally {
    await output.close();
    await rm(outputPath, { force: true });
  }
}

function waitForExit(
  program: string,
  args: string[],
  { cwd, identity, outputDescriptor }: BinaryRun & { outputDescriptor: number },
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ["ignore", outputDescriptor, outputDescriptor],
      windowsHide: true,
      ...(identity ?? {}),
      // A fixed environment: PG* variables of the caller must not reach the server, and macOS refuses an unknown locale.
      // NODE_ENV means nothing to it; some frameworks' types ask for one.
      ...(process.platform === "win32" ? {} : { env: { LC_ALL: "C", PATH: "/usr/bin:/bin", NODE_ENV: "production" } }),
    });
    child.once("error", (cause) => {
      reject(errorCode(cause) === "ENOENT" ? unusableBinary(program, cause) : cause);
    });
    child.once("exit", (exitCode) => resolve(exitCode));
  });
}

function unusableBinary(program: string, cause: unknown): LocalPostgresError {
  return new LocalPostgresError(
    "UNSUPPORTED_PLATFORM",
    `${program} cannot run here: it needs the GNU C library (Alpine has none). Use a glibc system, or set DATABASE_URL to a Postgres of your own.`,
    { cause },
  );
}
