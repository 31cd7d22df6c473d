import pg from "pg";
import { RowhouseError } from "rowhouse";
import { CannotTell } from "../doctor/cannot-tell.ts";
import { isTable, type Relation } from "./catalog/catalog.ts";
import { matchRow } from "./rows/match-row.ts";
import type { World } from "./world.ts";

/**
 * The tables (oids) of which a policy would show the role its rows, and A does not see its own all the same: it has another context than the policy
 * asks for, and that it reaches nothing there proves nothing.
 *
 * @throws RowhouseError INVALID_INPUT where that is so of every table: the context is not the one that the policies read
 */
export async function findDarkTables(world: World): Promise<ReadonlySet<string>> {
  const { session } = world;
  const { rows } = await session.query(shownByPolicy, [session.role]);
  const promised = new Set(rows.map(({ oid }) => oid));
  const tables = world.catalog.tenantTables.filter((each) => isTable(each) && promised.has(each.oid));
  const seen = new Map<string, boolean>();
  for (const table of tables) {
    const sees = await seesOwn(world, table);
    if (sees !== null) seen.set(table.oid, sees);
  }
  if (seen.size === 0 || [...seen.values()].includes(true))
    return new Set([...seen].flatMap(([oid, sees]) => (sees ? [] : [oid])));
  throw new RowhouseError(
    "INVALID_INPUT",
    `In the context of its organization ${session.role} sees none of that organization's rows, in any of ${seen.size} tables: nothing could be proved. Name the setting that the policies read with --context-setting, or give --enter.`,
  );
}

const shownByPolicy = `
  select distinct c.oid::text as oid from pg_catalog.pg_class as c
  join pg_catalog.pg_policy as p on p.polrelid = c.oid and p.polpermissive and p.polcmd in ('r', '*')
  where c.relrowsecurity and pg_catalog.has_table_privilege($1::name, c.oid, 'SELECT')
    and pg_catalog.has_schema_privilege($1::name, c.relnamespace, 'USAGE')
    and exists (select from unnest(p.polroles) as r (oid) where r.oid = 0 or pg_catalog.pg_has_role($1::name, r.oid, 'USAGE'))`;

/** `null` where there is no row to see. */
async function seesOwn({ session, a, ...world }: World, table: Relation): Promise<boolean | null> {
  return session.undone(async () => {
    try {
      const { where, values } = matchRow(world.row(a, table));
      await session.enter(a.organizationId);
      const { count } = await session.asRole(() => session.query(`select from ${table.sql} where ${where}`, values));
      return count > 0;
    } catch (error) {
      if (error instanceof CannotTell) return null;
      // A policy that fails in this context shows nothing either.
      if (error instanceof pg.DatabaseError) return false;
      throw error;
    }
  });
}
