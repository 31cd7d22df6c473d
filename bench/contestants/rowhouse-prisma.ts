import { definePrisma } from "rowhouse/prisma";
import { modelOperations } from "../operations/model-operations.ts";
import { importPrismaClient } from "../schemas/generate-clients.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";
import { holdScopes } from "./held-scopes.ts";
import { openTenancy, type BenchTenant } from "./rowhouse-tenancy.ts";

/** Prisma's client of a scope that is open already. */
export async function openRowhousePrisma(options: ContestantOptions): Promise<Contestant> {
  const openPrisma = await defineBenchPrisma();
  const scopes = await holdScopes(options);
  return {
    name: "Rowhouse on Prisma",
    ...modelOperations({
      run: (organization, work) => work(openPrisma(scopes.tenantOf(organization))),
      transaction: (organization, work) => openPrisma(scopes.tenantOf(organization)).$transaction(work, patience),
    }),
    findRaw: (organization, id) => findRaw(openPrisma(scopes.tenantOf(organization)), id),
    [Symbol.asyncDispose]: () => scopes[Symbol.asyncDispose](),
  };
}

/** A whole request: the membership is read, a scope opened, and a client made for it. One round trip more. */
export async function openRowhousePrismaRequest(options: ContestantOptions): Promise<Contestant> {
  const openPrisma = await defineBenchPrisma();
  const tenancy = openTenancy(options);
  const enter = <T>(
    { slug, userId }: { readonly slug: string; readonly userId: string },
    work: (tenant: BenchTenant) => Promise<T>,
  ): Promise<T> => tenancy.enter({ organization: slug, user: userId }, work);
  return {
    name: "Rowhouse on Prisma, scope and client new",
    ...modelOperations({
      run: (organization, work) => enter(organization, (tenant) => work(openPrisma(tenant))),
      transaction: (organization, work) =>
        enter(organization, (tenant) => openPrisma(tenant).$transaction(work, patience)),
    }),
    findRaw: (organization, id) => enter(organization, (tenant) => findRaw(openPrisma(tenant), id)),
    [Symbol.asyncDispose]: () => tenancy.close(),
  };
}

/** Prisma's own two seconds are too few where 32 wait for each other on a busy machine. */
const patience = { maxWait: 60_000, timeout: 60_000 };

export async function defineBenchPrisma() {
  const PrismaClient = await importPrismaClient();
  return definePrisma((options) => new PrismaClient(options));
}

type BenchPrisma = ReturnType<Awaited<ReturnType<typeof defineBenchPrisma>>>;

async function findRaw(prisma: BenchPrisma, id: string): Promise<string[]> {
  const rows = await prisma.$queryRaw`select id from projects where id = ${id}::uuid`;
  return (rows as { id: string }[]).map((row) => row.id);
}
