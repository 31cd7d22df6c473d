import { readFile } from "node:fs/promises";
import { cloneDatabase, type TestDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { CannotTell } from "../../src/doctor/cannot-tell.ts";
import type { Subject } from "../../src/doctor/subject.ts";
import { isTable, tenantRelations, type Relation } from "../../src/prove/catalog/catalog.ts";
import { readCatalog } from "../../src/prove/catalog/read-catalog.ts";
import { enterBySetting, openSession } from "../../src/prove/open-session.ts";
import { makeWorld } from "../../src/prove/rows/make-world.ts";
import type { World } from "../../src/prove/world.ts";

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase(inject("postgresUrl"), { template: "template0" });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(await readFile(new URL("rows.sql", import.meta.url), "utf8"));
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(() => client.query("begin"));
afterEach(() => client.query("rollback"));

const nasty: Subject = {
  appRoles: ["pg_monitor"],
  tenantColumn: "org_id",
  organizationsTable: "app.orgs",
  contextSettings: ["app.org"],
};

test("every table of a nasty schema gets a row of each party", async () => {
  const world = await worldOf(nasty);
  expect(reasons(world)).toEqual([]);
});

async function worldOf(subject: Subject, values = {}): Promise<World> {
  const session = await openSession(client, { role: subject.appRoles[0] ?? "", enter: enterBySetting(subject) });
  return makeWorld(session, await readCatalog(client, subject), values);
}

/** What could not be made, and why. */
function reasons(world: World): string[] {
  return tenantRelations(world.catalog)
    .filter(isTable)
    .flatMap((relation) => [world.a, world.b].flatMap((party) => reasonOf(() => world.row(party, relation))));
}

function reasonOf(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof CannotTell) return [error.message];
    throw error;
  }
}

function relationNamed(world: World, name: string): Relation {
  const found = world.catalog.relations.find((each) => each.name === name);
  if (found === undefined) throw new TypeError(`There is no table ${name}.`);
  return found;
}
void relationNamed;
