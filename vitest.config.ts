import { defineConfig } from "vitest/config";

/** One run for everything: one Postgres, files in parallel, each on a database of its own. */
export default defineConfig({
  test: {
    globalSetup: ["tests/setup/postgres.ts"],
    projects: ["packages/*/vitest.config.ts", "apps/*/vitest.config.ts", "tests/vitest.config.ts", "scripts/vitest.config.ts"],
  },
});
