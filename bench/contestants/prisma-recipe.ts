import { PrismaPg } from "@prisma/adapter-pg";
import type { BenchOrganization } from "../database/bench-database.ts";
import { modelOperations, type ModelClient } from "../operations/model-operations.ts";
import { importPrismaClient, type PrismaClientLike } from "../schemas/generate-clients.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";

interface Call {
  readonly args: unknown;
  readonly query: (args: unknown) => PromiseLike<unknown>;
}

/**
 * Prisma's published recipe for row security: an extension that puts each call into a batch transaction behind set_config.
 * The recipe says that explicit transactions may not work through it; those begin with set_config by hand.
 */
export async function openPrismaRecipe({ runtimeUrl, connections }: ContestantOptions): Promise<Contestant> {
  const PrismaClient = await importPrismaClient();
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: runtimeUrl, max: connections }) });
  return {
    name: "Prisma, extension recipe",
    ...modelOperations({
      run: (organization, work) => work(forOrganization(prisma, organization)),
      transaction: <T>({ id }: BenchOrganization, work: (client: ModelClient) => Promise<T>) =>
        prisma.$transaction(
          async (tx) => {
            await tx.$executeRaw`select set_config('rowhouse.organization_id', ${id}, true)`;
            return work(tx);
          },
          { maxWait: 60_000, timeout: 60_000 },
        ),
    }),
    findRaw: async (organization, id) => {
      const rows = await forOrganization(prisma, organization)
        .$queryRaw`select id from projects where id = ${id}::uuid`;
      return (rows as { id: string }[]).map((row) => row.id);
    },
    [Symbol.asyncDispose]: () => prisma.$disconnect(),
  };
}

function forOrganization(prisma: PrismaClientLike, { id }: BenchOrganization): PrismaClientLike {
  return prisma.$extends({
    query: {
      $allModels: {
        $allOperations: async ({ args, query }: Call) => {
          const setContext = prisma.$executeRaw`select set_config('rowhouse.organization_id', ${id}, true)`;
          const [, result] = await prisma.$transaction([setContext, query(args)]);
          return result;
        },
      },
    },
  });
}
