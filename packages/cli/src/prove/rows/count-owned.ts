import pg from "pg";
import type { Place, Reach } from "../attack.ts";
import { matchRow } from "./match-row.ts";

/** What the role sees of anybody's rows; rows without a tenant are everybody's. */
export async function countOwned(place: Place): Promise<Reach> {
  const { relation, row, world } = place;
  const ofA = matchRow(row(world.a));
  const ofB = matchRow(row(world.b), ofA.values.length + 1);
  const owned =
    relation.tenantColumn === null
      ? { where: `(${ofA.where}) or (${ofB.where})`, values: [...ofA.values, ...ofB.values] }
      : { where: `${pg.escapeIdentifier(relation.tenantColumn)} is not null`, values: [] };
  const { count } = await place.ask(`select from ${relation.sql} where ${owned.where} limit 1`, owned.values);
  return count === 0 ? null : "A row was read.";
}
