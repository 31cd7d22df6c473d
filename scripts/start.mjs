import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";

// `npm start` works on a machine with nothing but Node: dependencies first, then the product's own start, which is
// TypeScript and needs them.
await ensureInstalled();

const web = fileURLToPath(new URL("../apps/web", import.meta.url));
const child = spawn(
  process.execPath,
  ["--conditions=rowhouse-source", "--import", "tsx", path.join("start", "start.ts")],
  // By the channel the child notices when this process is killed, and puts everything away.
  { cwd: web, stdio: ["inherit", "inherit", "inherit", "ipc"] },
);

// Stay until the child has put everything away. A second signal to it does no harm.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.once("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
