import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: [{ find: /^@\//, replacement: fileURLToPath(new URL("./", import.meta.url)) }],
    conditions: ["rowhouse-source"],
  },
  ssr: { resolve: { conditions: ["rowhouse-source", "node"] } },
  test: {
    name: "web",
    include: ["test/**/*.test.ts"],
    globalSetup: ["../../tests/setup/postgres.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
