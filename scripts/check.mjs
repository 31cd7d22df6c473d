import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { listPreparations, listSteps } from "./check/steps.mjs";
import { runSteps } from "./check/run-steps.mjs";
import { ensureInstalled } from "./install.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

await ensureInstalled(root);
const options = { atOnce: 2, print: (text) => console.log(text) };
const failed = [...(await runSteps(listPreparations(root), options)), ...(await runSteps(listSteps(root), options))];
if (failed.length > 0) console.log(`\nFailed: ${failed.join(", ")}. \`npm run format\` mends the format.`);
// The exit code is set, not forced, so that long findings reach a pipe whole.
process.exitCode = failed.length > 0 ? 1 : 0;
