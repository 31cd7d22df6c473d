import path from "node:path";
import type { NextConfig } from "next";

const repository = path.join(import.meta.dirname, "../..");

const config: NextConfig = {
  poweredByHeader: false,
  devIndicators: false,
  // The workspaces live above this folder.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  // One copy in the process: pools and the tenant scope's AsyncLocalStorage must not be bundled once a route.
  serverExternalPackages: ["rowhouse", "@prisma/client", "@prisma/adapter-pg", "pg", "kysely"],
};

export default config;
