import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Attempt, Place } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { copyOut as copy } from "../copy-stream.ts";

export const copyOut: Attack = {
  name: "copy-out",
  title: "Copy out",
  explains: "A copies the table to itself (COPY … TO STDOUT). A crossing is B's row among the lines.",
  level: "error",
  family: "read",
  plan: (relation) => {
    if (!isTable(relation)) return "It is no table.";
    const query = attempt("query", (columns) => `(select ${columns} from ${relation.sql})`);
    // Postgres copies the rows of a partitioned table by a query only.
    if (relation.kind === "partitioned table") return [query];
    return [query, attempt("table", (columns) => `${relation.sql} (${columns})`)];
  },
};

function attempt(about: string, source: (columns: string) => string): Attempt {
  return {
    about,
    run: async (place) => {
      const line = await lineOf(place);
      const { session } = place.world;
      await session.enter(place.attacker.organizationId);
      const lines = await session.asRole(() => copy(session.client, `copy ${source(line.columns)} to stdout`));
      return lines.includes(line.text) ? `The row of ${place.target.name} was among ${lines.length} lines.` : null;
    },
  };
}

/** The line that the target's row is in the output of COPY. */
async function lineOf({ row, target, relation, world }: Place): Promise<{ columns: string; text: string }> {
  const { key, values } = row(target);
  const columns = key.map((name) => pg.escapeIdentifier(name));
  // COPY takes no parameters.
  const where = columns.map((column, index) => `${column} = ${pg.escapeLiteral(values[key[index] ?? ""] ?? "")}`);
  const [text] = await copy(
    world.session.client,
    `copy (select ${columns.join(", ")} from ${relation.sql} where ${where.join(" and ")}) to stdout`,
  );
  if (text === undefined) throw new CannotTell(`The row of ${target.name} in ${relation.sql} is gone.`);
  return { columns: columns.join(", "), text };
}
