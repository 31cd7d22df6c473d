import { ColumnNode, ReferenceNode, type JoinNode, type OperationNode } from "kysely";
import { RowhouseError } from "../errors.ts";

/** There the changed table would have to become a sub-select, and a sub-select cannot be changed. */
export function refuseOuterJoin(joins: readonly JoinNode[] | undefined): void {
  if (hasOuterJoin(joins)) throw unscopable("An UPDATE or DELETE in a tenant scope cannot have a right or full join.");
}

export function hasOuterJoin(joins: readonly JoinNode[] | undefined): boolean {
  return joins?.some((join) => join.joinType === "RightJoin" || join.joinType === "FullJoin") ?? false;
}

/** The name of a column that is written to, as it is in the statement. */
export function plainColumnName(column: OperationNode): string {
  const node = ReferenceNode.is(column) ? column.column : column;
  if (!ColumnNode.is(node))
    throw unscopable("A column that is written to must be named plainly, not by an expression.");
  return node.column.name;
}

/** @throws RowhouseError ORGANIZATION_FIXED when the column is the tenant's */
export function refuseColumn(name: string, tenantColumn: string): void {
  if (name !== tenantColumn) return;
  throw new RowhouseError(
    "ORGANIZATION_FIXED",
    `"${tenantColumn}" is set by the tenant scope and never changes; leave it out of values and updates.`,
  );
}

export function unscopable(message: string): RowhouseError {
  return new RowhouseError("UNSCOPABLE_STATEMENT", message);
}
