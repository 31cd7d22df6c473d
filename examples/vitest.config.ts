import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["rowhouse-source"] },
  ssr: { resolve: { conditions: ["rowhouse-source", "node"] } },
  test: {
    name: "examples",
    include: ["*/test/**/*.test.ts"],
    globalSetup: ["../tests/setup/postgres.ts", "../tests/setup/prisma-client.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
