import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";

// `npm run bench`, with `-- --quick` for a look in half a minute and `-- --write` to renew the table of bench/README.md.
await ensureInstalled();

// The library as it is published: run from its source it would name every closure anew, which `tsx` wants and no user has.
const root = fileURLToPath(new URL("..", import.meta.url));
const built = spawnSync("npm", ["run", "build", "--workspace", "rowhouse"], { cwd: root, stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);

const bench = fileURLToPath(new URL("../bench", import.meta.url));
const child = spawn(process.execPath, ["--import", "tsx", "bench.ts", ...process.argv.slice(2)], {
  cwd: bench,
  stdio: "inherit",
});

// Stay until the child has ended by itself.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.once("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
