import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const library = fileURLToPath(new URL("../packages/rowhouse/src", import.meta.url));

export default defineConfig({
  resolve: {
    conditions: ["rowhouse-source"],
    // The global setup is loaded without these conditions, and in a fresh clone there is no built library yet.
    alias: [
      { find: /^rowhouse$/, replacement: `${library}/index.ts` },
      { find: /^rowhouse\/(\w+)$/, replacement: `${library}/$1/index.ts` },
    ],
  },
  ssr: { resolve: { conditions: ["rowhouse-source", "node"] } },
  test: {
    name: "browser",
    include: ["browser/**/*.test.ts"],
    globalSetup: ["setup/product.ts"],
    // Two cores carry the server, the database, the browser and the tests.
    maxWorkers: 2,
    // Vitest polls for one second by default; a page that streams on a busy machine may take longer.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
