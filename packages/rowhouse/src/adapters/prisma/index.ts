export { definePrisma } from "./define-prisma.ts";
export type { OpenPrisma, PrismaOptions } from "./define-prisma.ts";
