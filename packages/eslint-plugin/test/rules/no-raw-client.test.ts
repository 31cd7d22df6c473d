import { reports, testRule } from "../test-rule.ts";

testRule("no-raw-client", {
  valid: {
    "prisma in the database folder": {
      code: `import { PrismaClient } from "@prisma/client"; export const prisma = new PrismaClient();`,
      filename: "src/database/client.ts",
    },
    "a pool in a folder by the settings": {
      code: `import pg from "pg"; export const pool = new pg.Pool();`,
      filename: "src/db/pool.ts",
      settings: { databaseFolders: ["db"] },
    },
    "a type only": `import type { Pool } from "pg"; export function read(pool: Pool) {}`,
    "what pg has besides": `import pg from "pg"; export const isDatabaseError = (error) => error instanceof pg.DatabaseError;`,
    "a pool of one's own": `import { Pool } from "./connections"; new Pool();`,
    "sql of kysely": `import { sql } from "kysely"; export const now = sql\`now()\`;`,
    "the tables of drizzle": `import { pgTable, text } from "drizzle-orm/pg-core"; export const projects = pgTable("projects", { id: text() });`,
    "tables from the database folder": `import { projects } from "@/database/schema";`,
    "an error class": `import { PrismaClientKnownRequestError, Prisma } from "@prisma/client"; throw new PrismaClientKnownRequestError();`,
  },
  invalid: {
    "prisma: opened": reports(
      `import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient();`,
      "opened",
    ),
    "prisma: generated elsewhere": reports(
      `import { PrismaClient } from "../generated/prisma/client"; new PrismaClient({ adapter });`,
      "opened",
    ),
    "pg: a pool": reports(`import { Pool } from "pg"; const pool = new Pool({ connectionString });`, "opened"),
    "pg: by the whole module": reports(`import pg from "pg"; const client = new pg.Client();`, "opened"),
    "pg: taken from the module, under another name": reports(
      `import pg from "pg"; const { Pool: Connections } = pg; new Connections();`,
      "opened",
    ),
    "drizzle: opened": reports(
      `import { drizzle } from "drizzle-orm/node-postgres"; const db = drizzle(pool);`,
      "opened",
    ),
    "kysely: opened, under another name": reports(
      `import { Kysely as Database } from "kysely"; const db = new Database({ dialect });`,
      "opened",
    ),
    "postgres.js: opened": reports(`import postgres from "postgres"; const sql = postgres(url);`, "opened"),
    "the bare client of the database folder": reports(`import { prisma } from "@/database/client";`, "imported"),
    "a client handed on": reports(`export { PrismaClient } from "@prisma/client";`, "imported"),
    "a class of its own": reports(
      `import { PrismaClient } from "@prisma/client"; class Client extends PrismaClient {}`,
      "opened",
    ),
  },
});
