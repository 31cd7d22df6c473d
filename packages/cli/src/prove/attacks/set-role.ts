import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Place, Reach } from "../attack.ts";
import { isTable, type Relation } from "../catalog/catalog.ts";
import { matchRow } from "../rows/match-row.ts";

export const setRole: Attack = {
  name: "set-role",
  title: "Set role",
  explains:
    "A becomes each role that the runtime role may become, and itself again by RESET ROLE, and asks for B's rows by key. A crossing is a row.",
  // SET SESSION AUTHORIZATION to others is a superuser's, and whoever runs the proof is one: it cannot be told apart here.
  level: "error",
  family: "power",
  scope: "database",
  plan: () => [
    {
      about: "",
      run: async (place) => {
        const { session } = place.world;
        if (!session.takesPlace)
          throw new CannotTell(
            "Only a superuser can put itself in the place of the role, with the role's own memberships.",
          );
        await place.ask("select");
        const { rows } = await place.look(
          `select rolname as name from pg_catalog.pg_roles where rolname <> $1 and pg_catalog.pg_has_role($1::name, oid, 'MEMBER') order by 1`,
          [session.role],
        );
        const becoming = rows.map(({ name }) => `set local role ${pg.escapeIdentifier(String(name))}`);
        for (const statement of [...becoming, "reset role"]) {
          const reached = await readAs(place, statement);
          if (reached !== null) return reached;
        }
        return null;
      },
      unguard: async ({ catalog, world: { session } }) => {
        const owners = new Set(catalog.tenantTables.map(({ owner }) => pg.escapeIdentifier(owner)));
        for (const owner of owners) await session.run(`grant ${owner} to ${pg.escapeIdentifier(session.role)}`);
      },
    },
  ],
};

async function readAs(place: Place, statement: string): Promise<Reach> {
  for (const relation of place.catalog.tenantTables.filter(isTable)) {
    const found = await countAs(place, statement, relation);
    if (found > 0) return `By "${statement}" a row of ${place.target.name} in ${relation.sql} was read.`;
  }
  return null;
}

async function countAs({ world: { session }, row, target }: Place, statement: string, relation: Relation) {
  try {
    const { where, values } = matchRow(row(target, relation));
    const { count } = await session.undone(() =>
      session.asRole(async () => {
        await session.run(statement);
        return session.query(`select from ${relation.sql} where ${where}`, values);
      }),
    );
    return count;
  } catch (error) {
    // It may not become that role or not read that table, or there is no row: another may.
    if (error instanceof CannotTell || error instanceof pg.DatabaseError) return 0;
    throw error;
  }
}
