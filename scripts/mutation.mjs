import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { equivalentMutants } from "./mutation/equivalent-mutants.mjs";
import { listMutants } from "./mutation/list-mutants.mjs";
import { openMutatedVitest } from "./mutation/mutated-vitest.mjs";
import { runMutants } from "./mutation/run-mutants.mjs";

// `npm run check:mutation` takes out every guard of these folders, one at a time, and expects a test to fail each time.
// `--list` only says which there are; `-- --only invitations/accept` takes those with that in their line of the list, and can
// be given more than once.
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
  options: { only: { type: "string", multiple: true, default: [""] }, list: { type: "boolean", default: false } },
});
const known = new Set();
const plans = Object.entries(folders).map(([folder, tests]) => ({ folder, tests, subjects: listSubjects(folder) }));
const all = plans.flatMap(({ subjects }) => subjects);
const stale = equivalentMutants.filter((one) => !known.has(one));
if (all.length === 0) throw new TypeError(`No guard has "${values.only.join('" or "')}" in its line.`);
if (stale.length > 0 && values.only.includes(""))
  throw new TypeError(`No such mutant any more: ${JSON.stringify(stale)}`);
if (values.list) for (const one of all) console.log(lineOf(one));
else await main();

function listSubjects(folder) {
  const source = join(library, "src", folder);
  return readdirSync(source)
    .map((file) => ({ path: join(source, file), name: `${folder}/${file}` }))
    .map((file) => ({ ...file, text: readFileSync(file.path, "utf8") }))
    .flatMap((file) => listMutants(file.text).map((mutant) => ({ ...file, mutant })))
    .filter((subject) => values.only.some((part) => lineOf(subject).includes(part)))
    .filter(({ name, mutant }) => !isEquivalent(name, mutant));
}

function lineOf({ name, mutant }) {
  return `${name}:${mutant.line} ${mutant.what}`;
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
  for (const one of survived) console.log(`survived: ${lineOf(one)}`);
  process.exitCode = survived.length > 0 ? 1 : 0;
}
