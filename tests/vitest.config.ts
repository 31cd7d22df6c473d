import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["rowhouse-source"] },
  ssr: { resolve: { conditions: ["rowhouse-source", "node"] } },
  test: {
    name: "browser",
    include: ["browser/**/*.test.ts"],
    globalSetup: ["setup/product.ts"],
    // Two cores carry the server, the database, the browser and the tests.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
