import {
  AliasNode,
  CastNode,
  ColumnNode,
  DataTypeNode,
  FromNode,
  IdentifierNode,
  OnConflictNode,
  OnNode,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  SelectAllNode,
  SelectQueryNode,
  SelectionNode,
  TableNode,
  UsingNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  type CommonTableExpressionNameNode,
  type CommonTableExpressionNode,
  type CompiledQuery,
  type DeleteQueryNode,
  type InsertQueryNode,
  type JoinNode,
  type MergeQueryNode,
  type OperationNode,
  type QueryId,
  type RootOperationNode,
  type UpdateQueryNode,
  type WhereNode,
  type WithNode,
} from "kysely";
import { RowhouseError } from "../errors.ts";
import { and, andWhere } from "./and-where.ts";
import { hasOuterJoin, plainColumnName, refuseColumn, refuseOuterJoin, unscopable } from "./scope-refusals.ts";
import type { TableScopes } from "./table-scopes.ts";
import { ownRows, readableRows, type TenantTable } from "./tenant-table.ts";

type Filterable = { readonly from?: FromNode; readonly joins?: readonly JoinNode[]; readonly where?: WhereNode };

/** What a name in a statement is in Postgres. */
export type ToDatabaseName = (name: string) => string;

const mostNames = 10_000;

/**
 * Writes a statement so that every tenant table in it, at any depth, is bound to one organization: filters on reads,
 * updates and deletes, the column stamped on inserts. What it cannot bind it refuses. Raw SQL passes through; there row
 * security alone holds.
 *
 * Each statement and sub-select is bound as it is written: what is not bound cannot come into the text.
 */
export class QueryScope extends PostgresQueryCompiler {
  readonly #scopes: TableScopes;
  readonly #toDatabaseName: ToDatabaseName;
  /** Names of TypeScript as Postgres quotes them: each is worked out once, not in every statement. */
  readonly #quoted = new Map<string, string>();
  #organizationId = "";
  /** Names of the WITH queries that can be seen from the node at hand, and from the statement around it. */
  #expressionNames: ReadonlySet<string> = new Set();
  #outerNames: ReadonlySet<string> = new Set();

  constructor(scopes: TableScopes, toDatabaseName: ToDatabaseName) {
    super();
    this.#scopes = scopes;
    this.#toDatabaseName = toDatabaseName;
  }

  /** Nothing is awaited in here, so that one instance serves every organization. */
  compileFor(organizationId: string, node: RootOperationNode, queryId: QueryId): CompiledQuery {
    this.#organizationId = organizationId;
    // A refusal may have left the statement before this one in the middle.
    this.#expressionNames = new Set();
    switch (node.kind) {
      case "SelectQueryNode":
      case "InsertQueryNode":
      case "UpdateQueryNode":
      case "DeleteQueryNode":
      case "MergeQueryNode":
      case "RawNode":
        return this.compileQuery(node, queryId);
      default:
        throw unscopable(
          `A ${node.kind.replace(/Node$/, "")} cannot run in a tenant scope; schema changes are migrations.`,
        );
    }
  }

  protected override sanitizeIdentifier(name: string): string {
    const known = this.#quoted.get(name);
    if (known !== undefined) return known;
    const quoted = super.sanitizeIdentifier(this.#toDatabaseName(name));
    if (this.#quoted.size < mostNames) this.#quoted.set(name, quoted);
    return quoted;
  }

  protected override visitSelectQuery(node: SelectQueryNode): void {
    this.#withNames(node, () => super.visitSelectQuery(this.#bindReads(node)));
  }

  protected override visitUpdateQuery(node: UpdateQueryNode): void {
    this.#withNames(node, () => super.visitUpdateQuery(this.#bindUpdate(node)));
  }

  protected override visitDeleteQuery(node: DeleteQueryNode): void {
    this.#withNames(node, () => super.visitDeleteQuery(this.#bindDelete(node)));
  }

  protected override visitInsertQuery(node: InsertQueryNode): void {
    this.#withNames(node, () => super.visitInsertQuery(this.#bindInsert(node)));
  }

  protected override visitMergeQuery(_node: MergeQueryNode): void {
    throw unscopable("MERGE cannot run in a tenant scope; use INSERT … ON CONFLICT.");
  }

  /** The names of WITH queries hide tables, but only in their statement and, unless recursive, only after themselves. */
  #withNames({ with: expressions }: { readonly with?: WithNode }, write: () => void): void {
    if (expressions === undefined) return write();
    const outer = this.#expressionNames;
    this.#outerNames = outer;
    this.#expressionNames = new Set([...outer, ...expressions.expressions.map((one) => this.#nameOf(one))]);
    write();
    this.#expressionNames = outer;
  }

  /** Written before anything else of its statement. */
  protected override visitWith(node: WithNode): void {
    if (node.recursive !== true) this.#expressionNames = this.#outerNames;
    super.visitWith(node);
  }

  protected override visitCommonTableExpression(node: CommonTableExpressionNode): void {
    super.visitCommonTableExpression(node);
    this.#expressionNames = new Set([...this.#expressionNames, this.#nameOf(node)]);
  }

  protected override visitCommonTableExpressionName(node: CommonTableExpressionNameNode): void {
    const name = this.#toDatabaseName(node.table.table.identifier.name);
    if (this.#scopes.isTenantTable(name))
      throw unscopable(`A WITH query cannot be named as the tenant table "${name}".`);
    super.visitCommonTableExpressionName(node);
  }

  #bindUpdate(node: UpdateQueryNode): UpdateQueryNode {
    refuseOuterJoin(node.joins);
    const target = this.#writable(node.table);
    for (const update of node.updates ?? []) refuseColumn(this.#nameOfColumn(update.column), target.column);
    const bound = this.#bindReads(node);
    return { ...bound, where: andWhere(bound.where, ownRows(this.#organizationId, target)) };
  }

  #bindDelete(node: DeleteQueryNode): DeleteQueryNode {
    refuseOuterJoin(node.joins);
    const targets = node.from.froms.map((from) => this.#writable(from));
    const { using, ...rest } = this.#bindReads({ ...node, from: undefined });
    const { items, predicates } = this.#bindItems(using?.tables ?? [], false);
    const where = andWhere(
      rest.where,
      ...targets.map((target) => ownRows(this.#organizationId, target)),
      ...predicates,
    );
    return { ...rest, from: node.from, where, ...(using && { using: UsingNode.create(items) }) };
  }

  #bindInsert(node: InsertQueryNode): InsertQueryNode {
    const target = this.#writable(node.into);
    const columns = node.columns ?? [];
    if (node.columns === undefined && node.values !== undefined) {
      throw unscopable("An INSERT in a tenant scope names its columns.");
    }
    for (const column of columns) refuseColumn(this.#nameOfColumn(column), target.column);
    return {
      ...node,
      defaultValues: false,
      columns: [...columns, ColumnNode.create(target.column)],
      values: this.#stamp(node),
      onConflict: node.onConflict && this.#bindConflict(node.onConflict, target),
    };
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
      predicates.push(readableRows(this.#organizationId, table));
      return item;
    });
    return { items: bound, predicates };
  }

  /** Filters a joined table in its ON; a condition in WHERE would turn a left join into an inner one. */
  #bindJoin(join: JoinNode, outer: boolean, predicates: OperationNode[]): JoinNode {
    const table = this.#tenantTable(join.table);
    if (table === undefined) return join;
    if (outer) return { ...join, table: this.#asFilteredSubquery(table) };
    if (join.on !== undefined)
      return { ...join, on: OnNode.create(and(join.on.on, readableRows(this.#organizationId, table))) };
    predicates.push(readableRows(this.#organizationId, table));
    return join;
  }

  /** In a right or full join either side may be null-extended, so each table is filtered before it is joined. */
  #asFilteredSubquery(table: TenantTable): OperationNode {
    const inner = SelectQueryNode.createFrom([table.table]);
    // No condition yet: it is bound as every sub-select is, when it is written.
    const all = SelectQueryNode.cloneWithSelections(inner, [SelectionNode.create(SelectAllNode.create())]);
    return AliasNode.create(all, table.alias ?? table.table.table.identifier);
  }

  #tenantTable(item: OperationNode): TenantTable | undefined {
    const [node, alias] = AliasNode.is(item) ? [item.node, item.alias] : [item, undefined];
    if (!TableNode.is(node)) return undefined;
    const { schema, identifier } = node.table;
    const name = this.#toDatabaseName(identifier.name);
    if (schema === undefined && this.#expressionNames.has(name)) return undefined;
    const scope = this.#scopes.get(schema === undefined ? name : `${this.#toDatabaseName(schema.name)}.${name}`);
    return scope.kind === "global" ? undefined : { table: node, alias, column: scope.column, isMixed: scope.isMixed };
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
      `Table "${this.#toDatabaseName(node.table.identifier.name)}" is not the organization's to change.`,
    );
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
    for (const update of conflict.updates ?? []) refuseColumn(this.#nameOfColumn(update.column), target.column);
    const columns = conflict.columns && [ColumnNode.create(target.column), ...conflict.columns];
    const bound = OnConflictNode.cloneWith(conflict, columns === undefined ? {} : { columns });
    return conflict.updates === undefined
      ? bound
      : { ...bound, updateWhere: andWhere(conflict.updateWhere, ownRows(this.#organizationId, target)) };
  }

  #nameOf({ name }: CommonTableExpressionNode): string {
    return this.#toDatabaseName(name.table.table.identifier.name);
  }

  #nameOfColumn(column: OperationNode): string {
    return this.#toDatabaseName(plainColumnName(column));
  }
}
