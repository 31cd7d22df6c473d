import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describeCounts } from "./test/counts.mjs";
import { runVitest } from "./test/run-vitest.mjs";

// `npm run check:storm` lets 200 callers loose on every adapter for 30 seconds, directly and, where it is installed, through
// PgBouncer in both modes; `-- 60` for a minute each.
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
// eslint-disable-next-line no-restricted-syntax -- the one way into the process of a test
process.env.STORM_SECONDS = process.argv[2] ?? "30";
const { line, ok } = describeCounts([await runVitest(root, ["adapters/storm"])]);
console.log(`\n${line}\n`);
if (!ok) process.exitCode = 1;
