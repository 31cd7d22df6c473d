import type { Node } from "libpg-query";
import { ownerColumns } from "../phases/derivation-sql.ts";
import type { Plan, PlannedTable } from "../plan.ts";
import { plannedStatements } from "./planned-statements.ts";
import { sqlName } from "./sql-name.ts";

/** What the last phase changes in the old columns of a table; the schema of an ORM must say so before, or it fails on the first empty owner. */
export interface ContractChanges {
  /** Raw names of columns that may be empty from then on. */
  readonly optional: ReadonlySet<string>;
  /** What becomes of rows whose user is deleted, by the raw names of a key's columns. */
  readonly departures: readonly { readonly columns: readonly string[]; readonly rule: "set null" | "no action" }[];
}

/** From the plan's statements; where no key stands, as with `relationMode = "prisma"`, by the column of the user. */
export function contractChanges(plan: Plan, table: PlannedTable): ContractChanges {
  const optional = new Set(ownerColumns(table).filter((column) => !table.key.includes(column)));
  const departures: ContractChanges["departures"][number][] = [];
  for (const node of plannedStatements(plan, "contract")) {
    if (!("AlterTableStmt" in node)) continue;
    const { relation, cmds = [] } = node.AlterTableStmt;
    if (sqlName(relation?.schemaname ?? "public", relation?.relname ?? "") !== table.table) continue;
    for (const command of cmds) {
      if (!("AlterTableCmd" in command)) continue;
      const { subtype, name, def } = command.AlterTableCmd;
      if (subtype === "AT_DropNotNull" && name !== undefined) optional.add(name);
      if (def === undefined || !("Constraint" in def) || def.Constraint.contype !== "CONSTR_FOREIGN") continue;
      const rule = def.Constraint.fk_del_action === "n" ? "set null" : "no action";
      departures.push({ columns: (def.Constraint.fk_attrs ?? []).flatMap(textOf), rule });
    }
  }
  return { optional, departures: [...departures, ...withoutKey(table, departures)] };
}

function withoutKey(table: PlannedTable, known: ContractChanges["departures"]): ContractChanges["departures"] {
  return ownerColumns(table, "user")
    .filter((column) => !known.some(({ columns }) => columns.includes(column)))
    .map((column) => ({ columns: [column], rule: table.key.includes(column) ? "no action" : "set null" }));
}

function textOf(node: Node): string[] {
  return "String" in node && node.String.sval !== undefined ? [node.String.sval] : [];
}
