import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { expect } from "vitest";
import { openDrizzle } from "../../src/adapters/drizzle.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";
import { schema } from "./drizzle-schema.ts";

export type Db = NodePgDatabase<typeof schema>;

/** Row security is taken off the tables: what still keeps the organizations apart is what the adapter writes. */
export async function openWithoutRowSecurity(maxConnections: number): Promise<TwoOrganizations> {
  const world = await openTwoOrganizations({ maxConnections });
  for (const table of ["projects", "tasks"]) {
    await world.fixture.admin.query(`alter table ${table} disable row level security`);
  }
  return world;
}

const undo = new Error("undone");

/** Work of Acme's in a transaction that is undone. */
export async function undone({ inAcme }: TwoOrganizations, work: (db: Db) => Promise<void>): Promise<void> {
  const done = inAcme((tenant) =>
    openDrizzle(tenant, { schema }).transaction(async (db) => {
      await work(db);
      throw undo;
    }),
  );
  await expect(done).rejects.toBe(undo);
}
