import { createRequire } from "node:module";
import type { TestProject } from "vitest/node";

interface Generator {
  generatePrismaClients(folder: string): Promise<void>;
}

/** Makes the Prisma clients that a workspace's tests import, when their schemas have changed. */
export default async function setup(project: TestProject): Promise<void> {
  const generator = createRequire(import.meta.url)("../../scripts/generate-prisma-client.cjs") as Generator;
  await generator.generatePrismaClients(project.config.root);
}
