import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { equivalentMutants } from "./mutation/equivalent-mutants.mjs";
import { listMutants } from "./mutation/list-mutants.mjs";
import { openMutatedVitest } from "./mutation/mutated-vitest.mjs";
import { runMutants } from "./mutation/run-mutants.mjs";

// `npm run check:mutation` takes out every guard of these folders, one at a time, and expects a test to fail each time.
// `-- --only invitations/accept` asks for the files with that in their path alone; `--list` only says what there is.
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const library = join(root, "packages/rowhouse");
/** Whose guards are taken out, and which tests (by the beginning of their path) are to notice. */
const folders = {
  access: ["test/access/", "test/members/", "test/invitations/"],
  members: [
    "test/members/",
    "test/api-keys/authenticate",
    "test/tenancy.test.ts",
    "test/operator/",
    "test/invitations/",
  ],
  invitations: ["test/invitations/", "test/api-keys/authenticate"],
  "service-accounts": ["test/service-accounts/", "test/api-keys/", "test/members/standing"],
};

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, list: { type: "boolean", default: false } },
});
const known = new Set();
const plans = Object.entries(folders).map(([folder, tests]) => ({ folder, tests, subjects: listSubjects(folder) }));
const all = plans.flatMap(({ subjects }) => subjects);
const stale = equivalentMutants.filter((one) => !known.has(one));
if (all.length === 0) throw new TypeError(`No guard lies in a file with "${values.only}" in its path.`);
if (stale.length > 0 && values.only === "") throw new TypeError(`No such mutant any more: ${JSON.stringify(stale)}`);
if (values.list) for (const { name, mutant } of all) console.log(`${name}:${mutant.line} ${mutant.what}`);
else await main();

function listSubjects(folder) {
  const source = join(library, "src", folder);
  return readdirSync(source)
    .map((file) => ({ path: join(source, file), name: `${folder}/${file}` }))
    .filter(({ name }) => name.includes(values.only))
    .map((file) => ({ ...file, text: readFileSync(file.path, "utf8") }))
    .flatMap((file) => listMutants(file.text).map((mutant) => ({ ...file, mutant })))
    .filter(({ name, mutant }) => !isEquivalent(name, mutant));
}

function isEquivalent(name, { inside, what }) {
  const found = equivalentMutants.find((one) => one.file === name && one.inside === inside && one.what === what);
  if (found !== undefined) known.add(found);
  return found !== undefined;
}

async function main() {
  const vitest = await openMutatedVitest(library);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    // Vite's own listener ends the process before the tests' database server is put away.
    process.removeAllListeners(signal);
    process.once(signal, () => void vitest.close().finally(() => process.exit(1)));
  }
  const begin = performance.now();
  const survived = [];
  try {
    for (const { folder, tests, subjects } of plans) {
      if (subjects.length === 0) continue;
      console.log(`\n${folder}: ${subjects.length} guards`);
      const testFiles = await vitest.listTests(tests);
      const result = await runMutants(subjects, { run: vitest.run, testFiles, print: (line) => console.log(line) });
      survived.push(...result.survived);
    }
  } finally {
    await vitest.close();
  }
  const minutes = ((performance.now() - begin) / 60_000).toFixed(0);
  const score = (100 * (1 - survived.length / all.length)).toFixed(1);
  console.log(
    `\n${all.length - survived.length} of ${all.length} guards are tested (${score} %), in ${minutes} minutes.`,
  );
  for (const { name, mutant } of survived) console.log(`survived: ${name}:${mutant.line} ${mutant.what}`);
  process.exitCode = survived.length > 0 ? 1 : 0;
}
