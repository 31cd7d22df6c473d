import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";
import { securityHeaders } from "./security-headers";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** The phase, not an environment variable, tells development from production: one reader of the environment is enough. */
export default function configure(phase: string): NextConfig {
  const development = phase === PHASE_DEVELOPMENT_SERVER;
  return {
    output: "standalone",
    poweredByHeader: false,
    // `npm run check` asks the compiler; the build need not ask it again.
    typescript: { ignoreBuildErrors: true },
    reactStrictMode: true,
    devIndicators: false,
    // The workspaces live above this folder, so both resolving and tracing start at the repository.
    outputFileTracingRoot: repository,
    turbopack: {
      root: repository,
      // All that next-intl's plugin would do here; loading it starts a compiler and a file watcher for what is not used.
      resolveAlias: { "next-intl/config": "./i18n/request.ts" },
    },
    // One copy in the process: pools and the tenant scope's AsyncLocalStorage must not be bundled once a route.
    serverExternalPackages: [
      "rowhouse",
      "@rowhouse/local-postgres",
      "pg",
      "kysely",
      "better-auth",
      "graphile-worker",
      "nodemailer",
      "resend",
    ],
    // Browsers ask for this address by themselves where a page's own icon is not known yet.
    redirects: async () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
    headers: async () => [{ source: "/:path*", headers: securityHeaders({ development }) }],
  };
}
