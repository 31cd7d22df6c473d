import { defineConfig } from "vitest/config";

/** The repository seen from outside: its commands, its documents, its package. */
export default defineConfig({
  resolve: { conditions: ["rowhouse-source"] },
  ssr: { resolve: { conditions: ["rowhouse-source", "node"] } },
  test: {
    name: "repository",
    include: ["start/**/*.test.ts", "docs/**/*.test.ts", "packaging/**/*.test.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    // The first start in a clean clone builds.
    hookTimeout: 300_000,
  },
});
