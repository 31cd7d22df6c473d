import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { inject } from "vitest";
import { makePlan, type PlanWishes } from "../../../src/convert/make-plan/make-plan.ts";
import type { Plan, PlannedTable } from "../../../src/convert/plan.ts";

/** A database in which schemas are tried and taken back. */
export interface Planning extends AsyncDisposable {
  readonly client: pg.Client;
  /** The plan of a schema that is taken back. */
  planOf(schema: string, wishes?: Partial<PlanWishes>): Promise<Plan>;
  inSchema<Result>(schema: string, work: () => Promise<Result>): Promise<Result>;
}

export async function openPlanning(name: string): Promise<Planning> {
  const server = inject("postgresUrl");
  await ensureDatabase(server, name);
  const client = new pg.Client({ connectionString: withDatabase(server, name) });
  await client.connect();
  const inSchema: Planning["inSchema"] = async (schema, work) => {
    await client.query("begin");
    try {
      await client.query(schema);
      return await work();
    } finally {
      await client.query("rollback");
    }
  };
  return {
    client,
    inSchema,
    planOf: (schema, wishes = {}) =>
      inSchema(schema, async () => (await makePlan(client, { lazy: false, relations: [], ...wishes })).plan),
    [Symbol.asyncDispose]: async () => {
      await client.end();
      await dropDatabase(server, name);
    },
  };
}

export const users = `create table users (id bigint generated always as identity primary key, email text not null unique, password_hash text not null);
  insert into users (email, password_hash) select 'u' || n, 'x' from generate_series(1, 4) n;`;

export function tableOf({ tables }: Plan, table: string): PlannedTable {
  const found = tables.find((each) => each.table === `public.${table}`);
  if (found === undefined) throw new TypeError(`The plan has no table ${table}.`);
  return found;
}
