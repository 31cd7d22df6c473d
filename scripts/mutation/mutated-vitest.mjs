import { createVitest } from "vitest/node";
import { applyMutant } from "./list-mutants.mjs";

/**
 * A Vitest that stays up, with its database server, and sees one file mutated. The file itself is never written, so whatever
 * ends this process leaves the checkout as it is.
 *
 * @param {string} folder the package
 */
export async function openMutatedVitest(folder) {
  let current;
  const mutation = {
    name: "mutation",
    enforce: "pre",
    // Not what Vite read: somebody may have edited the file since its guards were listed.
    transform: (_code, id) =>
      id === current?.path ? { code: applyMutant(current.text, current.mutant), map: null } : undefined,
  };
  // Restarting a test's fixture costs more than what a second worker wins.
  const options = { root: folder, watch: false, bail: 1, reporters: [{}], maxWorkers: 1, cache: false };
  const vitest = await createVitest("test", options, { plugins: [mutation] });
  return {
    /** The test files whose path in the package begins with one of these. */
    listTests: async (beginnings) => {
      const files = await vitest.globTestSpecifications(beginnings);
      return [...new Set(files.map(({ moduleId }) => moduleId))];
    },

    /**
     * @param {string} testFile
     * @param {import("./run-mutants.mjs").Subject | undefined} mutated
     * @returns {Promise<{ ok: boolean, failure: string }>}
     */
    run: async (testFile, mutated) => {
      const paths = [current?.path, mutated?.path].filter((path) => path !== undefined);
      current = mutated;
      for (const path of paths) vitest.invalidateFile(path);
      const specifications = (await vitest.globTestSpecifications([testFile])).filter(
        (one) => one.moduleId === testFile,
      );
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
      const module = testModules.find(({ moduleId }) => moduleId === testFile);
      const [failed] = module?.children.allTests("failed") ?? [];
      const failure =
        failed === undefined
          ? (module?.errors()[0]?.message ?? String(unhandledErrors[0] ?? "no test ran"))
          : `${failed.fullName}: ${failed.result().errors?.[0]?.message}`;
      return { ok: unhandledErrors.length === 0 && module?.state() === "passed", failure };
    },

    close: () => vitest.close(),
  };
}
