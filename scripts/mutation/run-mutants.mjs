/**
 * Runs the tests against each mutant until one fails, and says what became of it.
 *
 * @typedef {{ path: string, name: string, text: string, mutant: import("./list-mutants.mjs").Mutant }} Subject
 *
 * @param {readonly Subject[]} subjects
 * @param {object} options
 * @param {(testFile: string, subject: Subject | undefined) => Promise<{ ok: boolean, failure: string }>} options.run
 * @param {readonly string[]} options.testFiles
 * @param {(line: string) => void} options.print
 * @returns {Promise<{ killed: Subject[], survived: Subject[] }>}
 */
export async function runMutants(subjects, { run, testFiles, print }) {
  const ranking = await rankTests({ run, testFiles, print });
  const result = { killed: [], survived: [] };
  for (const [index, subject] of subjects.entries()) {
    const order = ranking.orderFor(subject.path).filter((testFile) => !isRace(testFile) || isLock(subject.mutant));
    const killer = await findKiller(subject, { run, order });
    if (killer !== undefined) ranking.reward(subject.path, killer.testFile);
    result[killer === undefined ? "survived" : "killed"].push(subject);
    const place = `${subject.name}:${subject.mutant.line}`;
    const end = killer === undefined ? "SURVIVED" : `killed by ${oneLine(killer.failure)}`;
    print(`${index + 1}/${subjects.length} ${place} ${subject.mutant.what}: ${end}`);
  }
  return result;
}

/** Tests that race take long, and tell of locks alone. */
function isRace(testFile) {
  return /racing|concurrency|property|crowd/.test(testFile);
}

function isLock({ what }) {
  return /lock|forUpdate|forNoKeyUpdate|forShare/i.test(what);
}

function oneLine(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

async function findKiller(subject, { run, order }) {
  for (const testFile of order) {
    const { ok, failure } = await run(testFile, subject);
    if (!ok) return { testFile, failure };
  }
  return undefined;
}

/** What killed most of this file's mutants so far comes first, then what killed most of all, then the quickest. */
async function rankTests({ run, testFiles, print }) {
  const durations = new Map();
  for (const testFile of testFiles) {
    const start = performance.now();
    const { ok, failure } = await run(testFile, undefined);
    if (!ok) throw new Error(`${testFile} fails without any mutant ("${failure}"), so it can judge none.`);
    durations.set(testFile, performance.now() - start);
    print(`  ${(durations.get(testFile) / 1000).toFixed(1)} s ${testFile}`);
  }
  const kills = [];
  const count = (testFile, path) =>
    kills.filter((one) => one.testFile === testFile && one.path.startsWith(path)).length;
  return {
    orderFor: (path) =>
      testFiles.toSorted(
        (one, other) =>
          count(other, path) - count(one, path) ||
          count(other, "") - count(one, "") ||
          durations.get(one) - durations.get(other),
      ),
    reward: (path, testFile) => kills.push({ path, testFile }),
  };
}
