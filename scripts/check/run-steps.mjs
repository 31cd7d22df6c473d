/**
 * @typedef {{ ok: boolean, report: string }} Outcome the report is printed when there is one, also of a success
 * @typedef {{ name: string, run: () => Promise<Outcome> }} Step
 */

/**
 * Runs all steps, some at once, and prints a line for each as it ends. A failure stops nothing.
 *
 * @param {Step[]} steps
 * @param {{ atOnce: number, print: (text: string) => void }} options
 * @returns {Promise<string[]>} the names of the steps that failed
 */
export async function runSteps(steps, { atOnce, print }) {
  const waiting = [...steps];
  const failed = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const begun = performance.now();
      const { ok, report } = await attempt(step);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      print(`${ok ? "ok  " : "FAIL"}  ${step.name.padEnd(32)} ${seconds.padStart(5)} s`);
      if (report !== "") print(indent(report));
      if (!ok) failed.push(step.name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

/** A step that breaks is a step that failed: a check that could not run has proved nothing. */
async function attempt(step) {
  try {
    return await step.run();
  } catch (error) {
    return { ok: false, report: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function indent(text) {
  return text.trimEnd().replace(/^(?=.)/gm, "      ");
}
