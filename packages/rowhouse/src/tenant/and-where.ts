import { AndNode, ParensNode, WhereNode, type OperationNode } from "kysely";

/** The caller's WHERE and the tenant's predicates, all of which must hold. */
export function andWhere(where: WhereNode | undefined, ...predicates: readonly OperationNode[]): WhereNode | undefined {
  const [first, ...rest] = predicates;
  if (first === undefined) return where;
  const added = rest.reduce<OperationNode>((left, right) => AndNode.create(left, right), first);
  return WhereNode.create(where === undefined ? added : and(where.where, added));
}

/** The caller's condition goes into parentheses: an OR in it must not reach around the tenant's. */
export function and(condition: OperationNode, added: OperationNode): OperationNode {
  return AndNode.create(ParensNode.create(condition), added);
}
