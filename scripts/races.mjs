import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describeCounts } from "./test/counts.mjs";
import { runVitest } from "./test/run-vitest.mjs";

// `npm run check:races` runs the tests that race twenty times, each time on a new database server, and ends at the first
// failure; `-- idempotency` those with that word in their path instead.
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const rounds = 20;
const races = ["racing", "concurrency", "model.property", "apps/web/test/sign-up", "apps/web/test/identity-mail"];
const words = process.argv.length > 2 ? process.argv.slice(2) : races;

for (let round = 1; round <= rounds && process.exitCode === undefined; round += 1) {
  const { line, ok } = describeCounts([await runVitest(root, words)]);
  console.log(`\nRound ${round} of ${rounds}: ${line}\n`);
  if (!ok) process.exitCode = 1;
}
