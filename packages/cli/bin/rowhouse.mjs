#!/usr/bin/env node
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// A published package has no sources and runs what was built. The repository runs its sources, so that a build that is
// missing or old never answers; the library's sources are chosen by a condition that only a new process can be given.
const source = fileURLToPath(new URL("../src/main.ts", import.meta.url));

if (existsSync(source)) runSource();
else await import("../dist/main.js");

function runSource() {
  const tsx = import.meta.resolve("tsx");
  const child = spawn(
    process.execPath,
    ["--conditions=rowhouse-source", "--import", tsx, source, ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("exit", (code, signal) => process.exit(signal === null ? (code ?? 2) : 2));
}
