import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Place, Reach } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { observeDifference } from "../observe-difference.ts";

export const explain: Attack = {
  name: "explain",
  title: "Explain",
  explains:
    "A asks EXPLAIN ANALYZE how many rows were left out by a filter, with B's rows there and without. A crossing tells how many rows others have.",
  // Postgres has nothing against it: whoever may send any statement learns this of every table that it may read.
  level: "info",
  family: "learn",
  scope: "database",
  plan: () => [{ about: "", run: countRemoved }],
};

async function countRemoved(place: Place): Promise<Reach> {
  const tables = place.catalog.tenantTables.filter(isTable);
  // As whoever asks may do: an index that begins with the tenant would leave nothing to filter out.
  for (const scan of ["indexscan", "indexonlyscan", "bitmapscan"]) await place.ask(`set local enable_${scan} = off`);
  const differences = await observeDifference(place, async () => {
    const answers: string[] = [];
    for (const { sql } of tables) {
      const answer = await place.attempt(
        `explain (analyze, format json, costs off, timing off, summary off) select from ${sql}`,
      );
      answers.push("sqlstate" in answer ? answer.sqlstate : JSON.stringify(answer.rows.map(counts)));
    }
    return answers;
  });
  const telling = tables.filter((_, index) => differences[index] === "differs");
  if (telling.length > 0)
    return `Of ${telling.length} tables it tells how many rows of ${place.target.name} are there: ${telling.map(({ sql }) => sql).join(", ")}.`;
  if (differences.every((each) => each === "unstable")) throw new CannotTell("It counts something else each time.");
  return null;
}

/** The numbers of rows in a plan; the plan itself may change with what the tables hold. */
function counts(row: Readonly<Record<string, unknown>>): readonly string[] {
  return JSON.stringify(row).match(/"(Actual Rows|Rows Removed by [^"]*)":\s*[\d.]+/g) ?? [];
}
