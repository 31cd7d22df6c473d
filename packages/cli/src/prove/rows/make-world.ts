import { isTable, type Catalog, type Relation } from "../catalog/catalog.ts";
import type { Session } from "../session.ts";
import type { Party, World } from "../world.ts";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import { linkAfterwards } from "./link-afterwards.ts";
import type { GivenValues } from "./parse-values.ts";
import { Population } from "./population.ts";

/**
 * Makes two organizations with a row in every tenant table. What cannot be made is remembered with the reason. @throws CannotTell when
 * no organization can be made
 */
export async function makeWorld(session: Session, catalog: Catalog, values: GivenValues = {}): Promise<World> {
  const canReplicate = await maySwitchOff(session);
  const population = new Population({ session, catalog }, { given: values, canReplicate });
  const a = await makeParty(population, catalog, "A");
  const b = await makeParty(population, catalog, "B");
  for (const relation of catalog.tenantTables.filter(isTable))
    for (const party of [a, b]) await population.ensure(relation, party);
  for (const party of [a, b]) await linkAfterwards({ session, catalog, population }, party);
  const row = (party: Party, relation: Relation) => population.row(party, relation);
  return { session, catalog, a, b, rows: population, row };
}

async function makeParty(population: Population, { organizations }: Catalog, name: "A" | "B"): Promise<Party> {
  const party = { name, organizationId: "" };
  const made = await population.ensure(organizations, party);
  if (made === null || made instanceof CannotTell) throw made ?? new CannotTell("The organization was not made.");
  party.organizationId = made.values[organizations.tenantColumn ?? ""] ?? "";
  return party;
}

async function maySwitchOff(session: Session): Promise<boolean> {
  const { rows } = await session.query("select has_parameter_privilege('session_replication_role', 'SET') as may");
  return rows[0]?.["may"] === true;
}
