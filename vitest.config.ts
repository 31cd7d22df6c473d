import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";

/**
 * Groups run one after the other: two cores cannot carry a browser and its server beside the rest. Within a group all
 * projects share the workers.
 */
const groups = [
  { maxWorkers: 2, folders: [...packages(), "apps/web", "bench", "examples"] },
  { maxWorkers: 2, files: ["tests/vitest.config.ts"] },
  // Each of its files drives several processes of its own.
  { maxWorkers: 1, files: ["tests/vitest.repository.config.ts"] },
];

const projects = groups.flatMap(({ maxWorkers, folders = [], files = [] }, groupOrder) =>
  [...folders.map((folder) => `${folder}/vitest.config.ts`), ...files]
    .map((file) => path.join(import.meta.dirname, file))
    .filter((file) => existsSync(file))
    .map((file) => ({ extends: file, root: path.dirname(file), test: { maxWorkers, sequence: { groupOrder } } })),
);

export default defineConfig({ test: { projects } });

/** All of them: a list would forget the next one, and its tests would never run. */
function packages(): string[] {
  return readdirSync(path.join(import.meta.dirname, "packages")).map((name) => `packages/${name}`);
}
