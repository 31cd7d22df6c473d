import {
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  OperatorNode,
  OrNode,
  ParensNode,
  ReferenceNode,
  TableNode,
  ValueNode,
  type OperationNode,
} from "kysely";

/** A table of a FROM, JOIN or USING list that belongs to tenants. */
export interface TenantTable {
  readonly table: TableNode;
  readonly alias: OperationNode | undefined;
  readonly column: string;
  /** Rows without an organization are everybody's to read. */
  readonly isMixed: boolean;
}

/** What may be written: the organization's rows alone. */
export function ownRows(organizationId: string, table: TenantTable): OperationNode {
  return BinaryOperationNode.create(columnOf(table), OperatorNode.create("="), ValueNode.create(organizationId));
}

/** What may be read: of a mixed table everybody's rows as well. */
export function readableRows(organizationId: string, table: TenantTable): OperationNode {
  const own = ownRows(organizationId, table);
  if (!table.isMixed) return own;
  const nobodys = BinaryOperationNode.create(
    columnOf(table),
    OperatorNode.create("is"),
    ValueNode.createImmediate(null),
  );
  return ParensNode.create(OrNode.create(own, nobodys));
}

function columnOf({ table, alias, column }: TenantTable): OperationNode {
  const name = alias !== undefined && IdentifierNode.is(alias) ? TableNode.create(alias.name) : table;
  return ReferenceNode.create(ColumnNode.create(column), name);
}
