import type { TestProject } from "vitest/node";
import { startProduct } from "./start-product.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the product answers. */
    productUrl: string;
    /** Superuser, the product's own database: to prepare and to look, never what the product connects with. */
    productDatabaseUrl: string;
    /** The one browser that all files share. */
    browserEndpoint: string;
  }
}

/** One product and one browser for all browser tests of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const product = await startProduct();
  project.provide("productUrl", product.url);
  project.provide("productDatabaseUrl", product.databaseUrl);
  project.provide("browserEndpoint", product.browserEndpoint);
  return product.stop;
}
