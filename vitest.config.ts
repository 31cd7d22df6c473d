import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";

/**
 * Groups run one after the other: two cores cannot carry a browser and its server beside the rest. Within a group all
 * projects share the workers. Those of the first wait for Postgres a good part of their time, so three keep two cores busy.
 */
const groups = [
  {
    maxWorkers: 3,
    files: [...packages(), "apps/web", "bench", "examples"].map((folder) => `${folder}/vitest.config.ts`),
  },
  { maxWorkers: 2, files: ["tests/vitest.config.ts", "tests/vitest.repository.config.ts"] },
];

const projects = groups.flatMap(({ maxWorkers, files }, groupOrder) =>
  files
    .map((file) => path.join(import.meta.dirname, file))
    .filter((file) => existsSync(file))
    .map((file) => ({
      extends: file,
      root: path.dirname(file),
      test: { maxWorkers, sequence: { groupOrder } },
    })),
);

export default defineConfig({ test: { projects } });

/** All of them: a list would forget the next one, and its tests would never run. */
function packages(): string[] {
  return readdirSync(path.join(import.meta.dirname, "packages")).map((name) => `packages/${name}`);
}
