import type { IndexStmt, Node } from "libpg-query";
import { ownerColumns } from "../phases/derivation-sql.ts";
import type { Plan, PlannedTable } from "../plan.ts";
import { plannedStatements } from "./planned-statements.ts";
import { sqlName } from "./sql-name.ts";

/** A key of the converted database that begins with the organization. */
export interface PlannedKey {
  /** Raw. */
  readonly columns: readonly string[];
  readonly isUnique: boolean;
  /** The index's name, raw; null where the plan's statements do not tell it. */
  readonly name: string | null;
  /** A constraint stands on the index. */
  readonly isConstraint: boolean;
  /** The raw names of the unique indexes that it takes the place of. */
  readonly replaces: readonly string[];
}

/** The keys that the conversion adds to a table: what other tables point to, unique keys within an organization, and indexes. */
export function plannedKeys(plan: Plan, table: PlannedTable): readonly PlannedKey[] {
  const made = indexesMade(plan).filter((index) => index.table === table.table && index.columns[0] === plan.column);
  const pointedTo = plan.tables
    .flatMap(({ references }) => references)
    .filter(({ parent, composite }) => composite && parent === table.table);
  const wanted: readonly Omit<PlannedKey, "name" | "isConstraint">[] = [
    ...pointedTo.map(({ parentColumns }) => ({
      columns: [plan.column, ...parentColumns],
      isUnique: true,
      replaces: [],
    })),
    ...table.uniques
      .filter(({ widen }) => widen)
      .map(({ index, columns }) => ({
        columns: widened(columns, { made, column: plan.column, owners: ownerColumns(table) }),
        isUnique: true,
        replaces: [index],
      })),
    ...made.map(({ columns, isUnique }) => ({ columns, isUnique, replaces: [] })),
  ];
  const keys = new Map<string, PlannedKey>();
  for (const key of wanted) {
    const text = JSON.stringify([key.isUnique, key.columns]);
    const index = made.find((each) => JSON.stringify([each.isUnique, each.columns]) === text);
    const replaces = [...(keys.get(text)?.replaces ?? []), ...key.replaces];
    keys.set(text, { ...key, replaces, name: index?.name ?? null, isConstraint: index?.isConstraint ?? true });
  }
  if (keys.size > 0) return [...keys.values()];
  return [{ columns: [plan.column], isUnique: false, name: null, isConstraint: false, replaces: [] }];
}

/** As the statements have it; without them, with the organization in the place of whom it stands for. */
function widened(
  columns: readonly string[],
  { made, column, owners }: { made: readonly MadeIndex[]; column: string; owners: readonly string[] },
): readonly string[] {
  const fitting = made.filter(
    (index) => index.isUnique && index.columns.slice(1).every((each) => columns.includes(each)),
  );
  const [longest] = fitting.sort((one, other) => other.columns.length - one.columns.length);
  return longest?.columns ?? [column, ...columns.filter((each) => each !== column && !owners.includes(each))];
}

interface MadeIndex {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly isUnique: boolean;
  readonly isConstraint: boolean;
}

/** Those on columns alone: what an ORM's schema can say. */
function indexesMade(plan: Plan): readonly MadeIndex[] {
  const nodes = plannedStatements(plan, "index");
  const renamed = new Map(nodes.flatMap(renamedByConstraint));
  return nodes.flatMap((node) => {
    const index = "IndexStmt" in node ? madeIndex(node.IndexStmt) : undefined;
    if (index === undefined) return [];
    const constraint = renamed.get(index.name);
    return [{ ...index, name: constraint ?? index.name, isConstraint: constraint !== undefined }];
  });
}

function madeIndex({
  idxname,
  relation,
  indexParams = [],
  unique,
  whereClause,
  accessMethod = "btree",
}: IndexStmt): Omit<MadeIndex, "isConstraint"> | undefined {
  const columns = indexParams.flatMap((param) => ("IndexElem" in param ? (param.IndexElem.name ?? []) : []));
  const isPlain = whereClause === undefined && accessMethod === "btree" && columns.length === indexParams.length;
  if (!isPlain || idxname === undefined || relation?.relname === undefined) return undefined;
  const table = sqlName(relation.schemaname ?? "public", relation.relname);
  return { table, name: idxname, columns, isUnique: unique === true };
}

/** `add constraint a unique using index b` calls the index after the constraint. */
function renamedByConstraint(node: Node): readonly (readonly [string, string])[] {
  if (!("AlterTableStmt" in node)) return [];
  return (node.AlterTableStmt.cmds ?? []).flatMap((command) => {
    const definition = "AlterTableCmd" in command ? command.AlterTableCmd.def : undefined;
    if (definition === undefined || !("Constraint" in definition)) return [];
    const { indexname, conname } = definition.Constraint;
    return indexname === undefined || conname === undefined ? [] : [[indexname, conname] as const];
  });
}
