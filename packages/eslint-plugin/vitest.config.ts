import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { name: "eslint-plugin", include: ["test/**/*.test.ts"], testTimeout: 20_000, isolate: false, maxWorkers: 2 },
});
