import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["rowhouse-source"] },
  ssr: { resolve: { conditions: ["rowhouse-source", "node"] } },
  test: { name: "bench", include: ["test/**/*.test.ts"], testTimeout: 120_000 },
});
