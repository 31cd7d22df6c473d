import { definePrisma } from "rowhouse/prisma";
import { PrismaClient } from "./.rowhouse/prisma/client.ts";

/** The one line that Prisma needs: a tenant's own client, fully typed. Your options go in beside the given ones. */
export const openPrisma = definePrisma((options) => new PrismaClient(options));
