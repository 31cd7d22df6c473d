import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";

// `npm run bench`, with `-- --quick` for a look in half a minute and `-- --write` to renew the table of bench/README.md.
await ensureInstalled();

const bench = fileURLToPath(new URL("../bench", import.meta.url));
const child = spawn(
  process.execPath,
  ["--conditions=rowhouse-source", "--import", "tsx", "bench.ts", ...process.argv.slice(2)],
  { cwd: bench, stdio: "inherit" },
);

// Stay until the child has ended by itself.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.once("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
