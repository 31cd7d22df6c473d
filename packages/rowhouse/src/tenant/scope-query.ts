import {
  AliasNode,
  BinaryOperationNode,
  CastNode,
  ColumnNode,
  DataTypeNode,
  FromNode,
  IdentifierNode,
  OnConflictNode,
  OnNode,
  OperationNodeTransformer,
  OperatorNode,
  PrimitiveValueListNode,
  ReferenceNode,
  SelectAllNode,
  SelectQueryNode,
  SelectionNode,
  TableNode,
  UsingNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
  type CommonTableExpressionNameNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type JoinNode,
  type MergeQueryNode,
  type OperationNode,
  type RootOperationNode,
  type UpdateQueryNode,
  type WithNode,
} from "kysely";
import { camelCase } from "../database/camel-case.ts";
import { RowhouseError } from "../errors.ts";
import { and, andWhere } from "./and-where.ts";
import { hasOuterJoin, refuseColumn, refuseOuterJoin, unscopable } from "./scope-refusals.ts";
import type { TableScopes } from "./table-scopes.ts";

/** A table of a FROM, JOIN or USING list that belongs to tenants. */
interface TenantTable {
  readonly table: TableNode;
  readonly alias: OperationNode | undefined;
  readonly column: string;
}

const leaves: ReadonlySet<OperationNode["kind"]> = new Set([
  "ValueNode",
  "PrimitiveValueListNode",
  "OperatorNode",
  "SelectAllNode",
  "DataTypeNode",
]);

type Filterable = { readonly from?: FromNode; readonly joins?: readonly JoinNode[]; readonly where?: WhereNode };

/**
 * Rewrites a statement so that every tenant table in it, at any depth, is bound to one organization: filters on reads,
 * updates and deletes, the column stamped on inserts. What it cannot bind it refuses. Raw SQL passes through; there row
 * security alone holds.
 */
export class QueryScope extends OperationNodeTransformer {
  readonly #scopes: TableScopes;
  #organizationId = "";
  /** Names of the WITH queries that can be seen from the node at hand. */
  #expressionNames: ReadonlySet<string> = new Set();

  constructor(scopes: TableScopes) {
    super();
    this.#scopes = scopes;
  }

  /** Nothing is awaited in here, so that one instance serves every organization. */
  scope(node: RootOperationNode, organizationId: string): RootOperationNode {
    this.#organizationId = organizationId;
    // A refusal may have left the walk before this one in the middle.
    this.nodeStack.splice(0);
    this.#expressionNames = new Set();
    switch (node.kind) {
      case "SelectQueryNode":
      case "InsertQueryNode":
      case "UpdateQueryNode":
      case "DeleteQueryNode":
      case "RawNode":
        return this.transformNode(node);
      default:
        throw unscopable(
          `A ${node.kind.replace(/Node$/, "")} cannot run in a tenant scope; schema changes are migrations.`,
        );
    }
  }

  /** Leaves are frozen, so they need no copy; a walk would spend most of its time on them. */
  override transformNode<T extends OperationNode | undefined>(node: T): T {
    return node === undefined || leaves.has(node.kind) ? node : super.transformNode(node);
  }

  /** Names become those of the database in the same walk. */
  protected override transformIdentifier(node: IdentifierNode): IdentifierNode {
    const name = camelCase.toDatabaseName(node.name);
    return name === node.name ? node : IdentifierNode.create(name);
  }

  protected override transformCommonTableExpressionName(
    node: CommonTableExpressionNameNode,
  ): CommonTableExpressionNameNode {
    const transformed = super.transformCommonTableExpressionName(node);
    const { name } = transformed.table.table.identifier;
    if (this.#scopes.isTenantTable(name))
      throw unscopable(`A WITH query cannot be named as the tenant table "${name}".`);
    return transformed;
  }

  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    return this.#withNames(node, (inner) => this.#bindSelect(inner));
  }

  #bindSelect(node: SelectQueryNode): SelectQueryNode {
    return this.#bindReads(super.transformSelectQuery(node));
  }

  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    return this.#withNames(node, (inner) => this.#bindUpdate(inner));
  }

  #bindUpdate(node: UpdateQueryNode): UpdateQueryNode {
    const transformed = super.transformUpdateQuery(node);
    refuseOuterJoin(transformed.joins);
    const target = this.#writable(transformed.table);
    for (const update of transformed.updates ?? []) refuseColumn(update.column, target.column);
    const bound = this.#bindReads(transformed);
    return { ...bound, where: andWhere(bound.where, this.#predicate(target)) };
  }

  protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
    return this.#withNames(node, (inner) => this.#bindDelete(inner));
  }

  #bindDelete(node: DeleteQueryNode): DeleteQueryNode {
    const transformed = super.transformDeleteQuery(node);
    refuseOuterJoin(transformed.joins);
    for (const from of transformed.from.froms) this.#writable(from);
    const { using, ...rest } = this.#bindReads(transformed);
    if (using === undefined) return rest;
    const { items, predicates } = this.#bindItems(using.tables, false);
    return { ...rest, using: UsingNode.create(items), where: andWhere(rest.where, ...predicates) };
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    return this.#withNames(node, (inner) => this.#bindInsert(inner));
  }

  #bindInsert(node: InsertQueryNode): InsertQueryNode {
    const transformed = super.transformInsertQuery(node);
    const target = this.#writable(transformed.into);
    const columns = transformed.columns ?? [];
    if (transformed.columns === undefined && transformed.values !== undefined) {
      throw unscopable("An INSERT in a tenant scope names its columns.");
    }
    for (const column of columns) refuseColumn(column, target.column);
    return {
      ...transformed,
      defaultValues: false,
      columns: [...columns, ColumnNode.create(target.column)],
      values: this.#stamp(transformed),
      onConflict: transformed.onConflict && this.#bindConflict(transformed.onConflict, target),
    };
  }

  protected override transformMergeQuery(_node: MergeQueryNode): MergeQueryNode {
    throw unscopable("MERGE cannot run in a tenant scope; use INSERT … ON CONFLICT.");
  }

  /** The names of WITH queries hide tables, but only in their statement and, unless recursive, only after themselves. */
  #withNames<T extends { readonly with?: WithNode }>(node: T, bind: (node: T) => T): T {
    if (node.with === undefined) return bind(node);
    const outer = this.#expressionNames;
    const names = node.with.expressions.map(({ name }) => camelCase.toDatabaseName(name.table.table.identifier.name));
    if (node.with.recursive === true) this.#expressionNames = new Set([...outer, ...names]);
    const expressions = node.with.expressions.map((expression, index) => {
      const transformed = this.transformNode(expression);
      this.#expressionNames = new Set([...this.#expressionNames, ...names.slice(index, index + 1)]);
      return transformed;
    });
    const bound = { ...bind({ ...node, with: undefined }), with: { ...node.with, expressions } };
    this.#expressionNames = outer;
    return bound;
  }

  #bindReads<T extends Filterable>(node: T): T {
    const outer = hasOuterJoin(node.joins);
    const { items, predicates } = this.#bindItems(node.from?.froms ?? [], outer);
    const joins = node.joins?.map((join) => this.#bindJoin(join, outer, predicates));
    return {
      ...node,
      from: node.from && FromNode.create(items),
      joins,
      where: andWhere(node.where, ...predicates),
    };
  }

  #bindItems(items: readonly OperationNode[], outer: boolean): { items: OperationNode[]; predicates: OperationNode[] } {
    const predicates: OperationNode[] = [];
    const bound = items.map((item) => {
      const table = this.#tenantTable(item);
      if (table === undefined) return item;
      if (outer) return this.#asFilteredSubquery(table);
      predicates.push(this.#predicate(table));
      return item;
    });
    return { items: bound, predicates };
  }

  /** Filters a joined table in its ON; a condition in WHERE would turn a left join into an inner one. */
  #bindJoin(join: JoinNode, outer: boolean, predicates: OperationNode[]): JoinNode {
    const table = this.#tenantTable(join.table);
    if (table === undefined) return join;
    if (outer) return { ...join, table: this.#asFilteredSubquery(table) };
    if (join.on !== undefined) return { ...join, on: OnNode.create(and(join.on.on, this.#predicate(table))) };
    predicates.push(this.#predicate(table));
    return join;
  }

  /** In a right or full join either side may be null-extended, so each table is filtered before it is joined. */
  #asFilteredSubquery(table: TenantTable): OperationNode {
    const inner = SelectQueryNode.createFrom([table.table]);
    const all = SelectQueryNode.cloneWithSelections(inner, [SelectionNode.create(SelectAllNode.create())]);
    const filtered = { ...all, where: WhereNode.create(this.#predicate({ ...table, alias: undefined })) };
    return AliasNode.create(filtered, table.alias ?? table.table.table.identifier);
  }

  #tenantTable(item: OperationNode): TenantTable | undefined {
    const [node, alias] = AliasNode.is(item) ? [item.node, item.alias] : [item, undefined];
    if (!TableNode.is(node)) return undefined;
    const { schema, identifier } = node.table;
    if (schema === undefined && this.#expressionNames.has(identifier.name)) return undefined;
    const scope = this.#scopes.get(schema === undefined ? identifier.name : `${schema.name}.${identifier.name}`);
    return scope.kind === "global" ? undefined : { table: node, alias, column: scope.column };
  }

  #writable(item: OperationNode | undefined): TenantTable {
    const node = item !== undefined && AliasNode.is(item) ? item.node : item;
    if (item === undefined || node === undefined || !TableNode.is(node)) {
      throw unscopable("A tenant scope writes to one table at a time, named plainly.");
    }
    const table = this.#tenantTable(item);
    if (table !== undefined) return table;
    throw new RowhouseError(
      "READ_ONLY_TABLE",
      `Table "${node.table.identifier.name}" is not the organization's to change.`,
    );
  }

  #predicate(table: TenantTable): OperationNode {
    const name =
      table.alias !== undefined && IdentifierNode.is(table.alias) ? TableNode.create(table.alias.name) : table.table;
    const column = ReferenceNode.create(ColumnNode.create(table.column), name);
    return BinaryOperationNode.create(column, OperatorNode.create("="), ValueNode.create(this.#organizationId));
  }

  #stamp(insert: InsertQueryNode): OperationNode {
    const { values } = insert;
    if (insert.defaultValues === true || values === undefined) {
      return ValuesNode.create([PrimitiveValueListNode.create([this.#organizationId])]);
    }
    if (ValuesNode.is(values)) return ValuesNode.create(values.values.map((row) => this.#stampRow(row)));
    if (SelectQueryNode.is(values) && values.setOperations === undefined) return this.#stampSelect(values);
    throw unscopable(
      "INSERT … SELECT can be stamped only when its source is one plain SELECT; wrap the source in a sub-select.",
    );
  }

  #stampRow(row: ValueListNode | PrimitiveValueListNode): ValueListNode | PrimitiveValueListNode {
    return PrimitiveValueListNode.is(row)
      ? PrimitiveValueListNode.create([...row.values, this.#organizationId])
      : ValueListNode.create([...row.values, ValueNode.create(this.#organizationId)]);
  }

  #stampSelect(select: SelectQueryNode): SelectQueryNode {
    const stamp = CastNode.create(ValueNode.create(this.#organizationId), DataTypeNode.create("uuid"));
    const selection = SelectionNode.create(AliasNode.create(stamp, IdentifierNode.create("organization")));
    return SelectQueryNode.cloneWithSelections(select, [selection]);
  }

  /** Unique keys begin with the organization, so a conflict target does too. */
  #bindConflict(conflict: OnConflictNode, target: TenantTable): OnConflictNode {
    for (const update of conflict.updates ?? []) refuseColumn(update.column, target.column);
    const columns = conflict.columns && [ColumnNode.create(target.column), ...conflict.columns];
    const bound = OnConflictNode.cloneWith(conflict, columns === undefined ? {} : { columns });
    return conflict.updates === undefined
      ? bound
      : { ...bound, updateWhere: andWhere(conflict.updateWhere, this.#predicate(target)) };
  }
}
