import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { loadDocument } from "@zenstackhq/language";
import type { SchemaDef } from "@zenstackhq/orm/schema";
import { TsSchemaGenerator } from "@zenstackhq/sdk";
import type { PrismaPg } from "@prisma/adapter-pg";
import type { ModelClient } from "../operations/model-operations.ts";

const require = createRequire(import.meta.url);
const generated = new URL("../.rowhouse/", import.meta.url);

/** What the benchmark uses of the generated Prisma client, whose own types are there only once it was generated. */
export interface PrismaClientLike extends ModelClient {
  $extends(extension: object): PrismaClientLike;
  $transaction(queries: readonly PromiseLike<unknown>[]): Promise<readonly unknown[]>;
  $transaction<T>(work: (client: PrismaClientLike) => Promise<T>, options?: object): Promise<T>;
  $executeRaw(text: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<number>;
  $queryRaw(text: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<unknown>;
  $disconnect(): Promise<void>;
}

export type PrismaClientClass = new (options: { readonly adapter: PrismaPg }) => PrismaClientLike;

/** Writes what Prisma and ZenStack generate, without their command lines, into a folder that git ignores. */
export async function generateClients(): Promise<void> {
  const { generatePrismaClient } = require("../../scripts/generate-prisma-client.cjs") as {
    generatePrismaClient: (schema: string) => Promise<void>;
  };
  await generatePrismaClient(fileURLToPath(new URL("bench.prisma", import.meta.url)));
  await generateZenStackSchema(fileURLToPath(new URL("bench.zmodel", import.meta.url)));
}

export async function importPrismaClient(): Promise<PrismaClientClass> {
  const module = (await import(new URL("prisma/client.ts", generated).href)) as { PrismaClient: PrismaClientClass };
  return module.PrismaClient;
}

export async function importZenStackSchema(): Promise<SchemaDef> {
  const module = (await import(new URL("zenstack/schema.ts", generated).href)) as { schema: SchemaDef };
  return module.schema;
}

async function generateZenStackSchema(file: string): Promise<void> {
  const loaded = await loadDocument(file, [require.resolve("@zenstackhq/plugin-policy/plugin.zmodel")]);
  if (!loaded.success) throw new Error(`ZenStack refuses ${file}: ${loaded.errors.join("; ")}`);
  await new TsSchemaGenerator().generate(loaded.model, { outDir: fileURLToPath(new URL("zenstack", generated)) });
}
