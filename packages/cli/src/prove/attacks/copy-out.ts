import pg from "pg";
import type { Attack, Attempt, Place } from "../attack.ts";
import { isTable, type Relation } from "../catalog/catalog.ts";
import { copyOut as copy } from "../copy-stream.ts";
import { matchRow } from "../rows/match-row.ts";

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
    return [query, attempt("table", (columns) => `${relation.sql} (${columns})`, copiesItself(relation))];
  },
};

/** A table's COPY leaves out generated columns by expression, so a key of one has to be asked for by a query. */
function copiesItself({ columns }: Relation): (name: string) => boolean {
  const generated = new Set(columns.filter((column) => column.generated && !column.hasDefault).map(({ name }) => name));
  return (name) => !generated.has(name);
}

function attempt(
  about: string,
  source: (columns: string) => string,
  fits: (name: string) => boolean = () => true,
): Attempt {
  return {
    about,
    run: async (place) => {
      const line = await lineOf(place, fits);
      const { session } = place.world;
      await session.enter(place.attacker.organizationId);
      const lines = await session.asRole(() => copy(session.client, `copy ${source(line.columns)} to stdout`));
      return lines.includes(line.text) ? `The row of ${place.target.name} was among ${lines.length} lines.` : null;
    },
  };
}

async function lineOf({ row, target, relation, world }: Place, fits: (name: string) => boolean) {
  const found = row(target);
  const columns = found.key
    .filter(fits)
    .map((name) => pg.escapeIdentifier(name))
    .join(", ");
  const { where, values } = matchRow(found);
  // COPY takes no parameters.
  const condition = where.replace(/\$(\d+)/g, (_, number: string) =>
    pg.escapeLiteral(values[Number(number) - 1] ?? ""),
  );
  const [text = ""] = await copy(
    world.session.client,
    `copy (select ${columns} from ${relation.sql} where ${condition}) to stdout`,
  );
  return { columns, text };
}
