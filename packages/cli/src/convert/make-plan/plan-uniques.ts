import type { Index, Table } from "../catalog/catalog.ts";
import type { PlannedUnique } from "../plan.ts";
import { isTeamEdge, isUserEdge, type Situation } from "../classify/situation.ts";
import type { Verdict } from "../classify/verdict.ts";
import { snakeOf } from "../classify/words.ts";

/** What becomes of the unique keys of a table that gets an organization. The primary key stays as it is. */
export function planUniques(situation: Situation, verdict: Verdict): readonly PlannedUnique[] {
  if (verdict.way === null) return [];
  const owners = new Set(
    situation.edges
      .filter(
        (edge) =>
          edge.table === verdict.table &&
          edge.columns.length === 1 &&
          (isUserEdge(situation, edge) || isTeamEdge(situation, edge)),
      )
      .flatMap(({ columns }) => columns),
  );
  // Only the column by which the row is owned is replaced; others say who did something.
  const owning = ownColumns(verdict).filter((column) => owners.has(column));
  const uniques = verdict.table.indexes.filter((index) => index.unique && !index.primary);
  const first = new Map<string, string>();
  return uniques.map((index) => {
    const columns = index.columns.filter((column) => column !== null);
    const judged = judge(index, verdict.table, { owning, owners });
    const within = JSON.stringify([columns.filter((column) => !owning.includes(column)), index.predicate]);
    const twin = judged.widen ? first.get(within) : undefined;
    if (judged.widen && twin === undefined) first.set(within, index.name);
    const reason =
      twin === undefined
        ? judged.reason
        : `Within an organization it says what ${twin} says: one new key stands for both.`;
    return { index: index.name, columns, widen: judged.widen, reason };
  });
}

function ownColumns({ way }: Verdict): readonly string[] {
  if (way === null) return [];
  const { derivation } = way;
  const each = derivation.by === "coalesce" ? derivation.of : [derivation];
  return each.flatMap((one) => (one.by === "user" || one.by === "team" ? [one.column] : []));
}

function judge(
  index: Index,
  table: Table,
  { owning, owners }: { owning: readonly string[]; owners: ReadonlySet<string> },
): Pick<PlannedUnique, "widen" | "reason"> {
  const columns = index.columns.filter((column) => column !== null);
  const keep = (reason: string): Pick<PlannedUnique, "widen" | "reason"> => ({ widen: false, reason });
  if (index.columns.includes(null)) return keep("It is over an expression: decide by hand.");
  if (columns.some((column) => owning.includes(column)))
    return table.key.every((column) => columns.includes(column)) && table.key.length > 0
      ? keep("It holds the primary key, which is unique anyway.")
      : {
          widen: true,
          reason: `It holds for each user (${columns.filter((column) => owning.includes(column)).join(", ")}): from now on for each organization.`,
        };
  if (columns.some((column) => owners.has(column)))
    return keep("It holds for each user who did something, within its parent.");
  if (
    columns.some((column) =>
      /(^|_)(token|hash|secret|key|code|uuid|guid|slug|url|path|domain|hostname|subdomain|e?_?mail|external_id|stripe.*|.*_ref|reference)$/.test(
        snakeOf(column),
      ),
    )
  )
    return keep("An address, a token or a foreign system's name: it is looked up without knowing the organization.");
  if (table.foreignKeys.some((key) => key.columns.every((column) => columns.includes(column))))
    return keep("It holds within its parent, which belongs to one organization.");
  return keep("It holds for the whole application today; widen it if it should hold within an organization only.");
}
