import { Param, sql, Subquery, type QueryWithTypings, type SQL } from "drizzle-orm";
import { PgDialect, type PgDialectConfig, type PgTable } from "drizzle-orm/pg-core";
import { RowhouseError } from "../errors.ts";
import { unscopable } from "../tenant/scope-refusals.ts";
import type { TenantConnections } from "../tenant/connections-of.ts";
import type { TableScopes } from "../tenant/table-scopes.ts";
import { BoundQueries } from "./drizzle-bound-queries.ts";
import { andWhereOfConflict, columnsInOrder } from "./drizzle-inserts.ts";
import { findScopedTable, nameOfSource, organizationKeyOf, type ScopedTable } from "./drizzle-tables.ts";

type SelectConfig = Parameters<PgDialect["buildSelectQuery"]>[0];
type InsertConfig = Parameters<PgDialect["buildInsertQuery"]>[0];
type UpdateConfig = Parameters<PgDialect["buildUpdateQuery"]>[0];
type DeleteConfig = Parameters<PgDialect["buildDeleteQuery"]>[0];
type Joins = readonly NonNullable<SelectConfig["joins"]>[number][];
type UpdateSet = Parameters<PgDialect["buildUpdateSet"]>[1];

/**
 * Writes Drizzle's statements so that each tenant table in them is bound to one organization, by the rules of the tenant's
 * own handle. SQL that is written by hand passes through; there row security alone holds.
 */
export class TenantPgDialect extends PgDialect {
  readonly organizationId: string;
  readonly #scopes: TableScopes;
  readonly #bound: BoundQueries;

  constructor({ scope, scopes }: TenantConnections, config: PgDialectConfig) {
    super(config);
    this.organizationId = scope.organizationId;
    this.#scopes = scopes;
    this.#bound = new BoundQueries(scope.organizationId);
  }

  override buildSelectQuery(config: SelectConfig): SQL {
    this.#checkNames(config.withList);
    for (const { rightSelect } of config.setOperators) this.#bound.assertOwn(rightSelect);
    const outer = hasOuterJoin(config.joins);
    const predicates: SQL[] = [];
    const table = this.#bindSource(config.table, outer, predicates);
    const joins = this.#bindJoins(config.joins, outer, predicates);
    return this.#bound.add(
      super.buildSelectQuery({ ...config, table, where: allOf(config.where, predicates), ...(joins && { joins }) }),
    );
  }

  override buildUpdateQuery(config: UpdateConfig): SQL {
    if (hasOuterJoin(config.joins)) throw unscopable("An UPDATE in a tenant scope cannot have a right or full join.");
    this.#checkNames(config.withList);
    const predicates = [this.#predicate(this.#writable(config.table))];
    const from = config.from && this.#bindSource(config.from, false, predicates);
    const joins = this.#bindJoins(config.joins, false, predicates) ?? [];
    const where = allOf(config.where, predicates);
    return this.#bound.add(super.buildUpdateQuery({ ...config, joins, where, ...(from && { from }) }));
  }

  /** Also of ON CONFLICT DO UPDATE. */
  override buildUpdateSet(table: PgTable, set: UpdateSet): SQL {
    const key = organizationKeyOf(table, this.#writable(table).column);
    if (key === undefined || set[key] === undefined) return super.buildUpdateSet(table, set);
    if (!this.#isOwn(set[key])) throw fixed(key);
    const { [key]: _, ...rest } = set;
    return super.buildUpdateSet(table, rest);
  }

  override buildDeleteQuery(config: DeleteConfig): SQL {
    this.#checkNames(config.withList);
    const where = allOf(config.where, [this.#predicate(this.#writable(config.table))]);
    return this.#bound.add(super.buildDeleteQuery({ ...config, where }));
  }

  override buildInsertQuery(config: InsertConfig): SQL {
    this.#checkNames(config.withList);
    const target = this.#writable(config.table);
    const key = organizationKeyOf(config.table, target.column);
    if (key === undefined) {
      throw unscopable(
        `Table "${target.name}" of the schema has no column ${target.column}, which an insert has to fill. Add it there.`,
      );
    }
    const onConflict = config.onConflict && andWhereOfConflict(config.onConflict, this.#predicate(target));
    const values = config.select === true ? this.#stampSelect(config, key) : this.#stampRows(config, key);
    return this.#bound.add(super.buildInsertQuery({ ...config, values, ...(onConflict && { onConflict }) }));
  }

  override buildRefreshMaterializedViewQuery(): SQL {
    throw unscopable("A materialized view holds rows of all organizations; refresh it in a migration or a job.");
  }

  override sqlToQuery(text: SQL, invokeSource?: "indexes"): QueryWithTypings {
    this.#bound.assertAllOwn(text);
    return super.sqlToQuery(text, invokeSource);
  }

  /** For what Drizzle writes without its dialect: the filter of `$count`. */
  boundFilter(source: unknown, filter: SQL | undefined): SQL | undefined {
    const table = findScopedTable(source, this.#scopes);
    return table === undefined ? filter : allOf(filter, [this.#readable(table)]);
  }

  #stampRows(config: InsertConfig, key: string): InsertConfig["values"] {
    const rows = config.values as Record<string, Param | SQL>[];
    const column = columnsInOrder(config.table).find(([name]) => name === key)?.[1];
    return rows.map((row) => {
      if (row[key] !== undefined && !this.#isOwn(row[key])) throw fixed(key);
      return { ...row, [key]: new Param(this.organizationId, column) };
    });
  }

  /** The source becomes a sub-select with one name a column, so that the one of the organization can be left out. */
  #stampSelect({ values, table }: InsertConfig, key: string): SQL {
    this.#bound.assertOwn(values);
    const source = (values as { getSQL(): SQL }).getSQL();
    const columns = columnsInOrder(table);
    const names = sql.join(
      columns.map(([name]) => sql.identifier(name)),
      sql`, `,
    );
    const selection = columns.map(([name]) =>
      name === key ? sql`${this.organizationId}::uuid` : sql.identifier(name),
    );
    return sql`select ${sql.join(selection, sql`, `)} from (${source}) as "rowhouse_source" (${names})`;
  }

  #bindSource<S extends SelectConfig["table"]>(source: S, outer: boolean, predicates: SQL[]): S | Subquery {
    const table = findScopedTable(source, this.#scopes);
    if (table === undefined) return source;
    if (outer) return this.#asFilteredSubquery(table);
    predicates.push(this.#readable(table));
    return source;
  }

  /** A joined table is filtered in its ON; a condition in WHERE would turn a left join into an inner one. */
  #bindJoins(joins: Joins | undefined, outer: boolean, predicates: SQL[]): SelectConfig["joins"] {
    return joins?.map((join) => {
      const table = findScopedTable(join.table, this.#scopes);
      if (table === undefined) return join;
      if (outer) return { ...join, table: this.#asFilteredSubquery(table), alias: table.calledAs };
      if (join.on !== undefined) return { ...join, on: allOf(join.on, [this.#readable(table)]) };
      predicates.push(this.#readable(table));
      return join;
    });
  }

  /** In a right or full join either side may be null-extended, so each table is filtered before it is joined. */
  #asFilteredSubquery(table: ScopedTable): Subquery {
    const { schema, name, calledAs } = table;
    const full = schema === undefined ? sql.identifier(name) : sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    const source = sql`from ${full} as ${sql.identifier(calledAs)}`;
    const rows = sql.join([sql`select *`, source, sql`where ${this.#readable(table)}`], sql` `);
    return new Subquery(this.#bound.add(rows), {}, calledAs);
  }

  #writable(source: PgTable): ScopedTable {
    const table = findScopedTable(source, this.#scopes);
    if (table !== undefined) return table;
    throw new RowhouseError("READ_ONLY_TABLE", `Table "${nameOfSource(source)}" is not the organization's to change.`);
  }

  /** Of what is read: of a mixed table everybody's rows as well. */
  #readable(table: ScopedTable): SQL {
    if (!table.isMixed) return this.#predicate(table);
    return sql`(${this.#predicate(table)} or ${sql.identifier(table.calledAs)}.${sql.identifier(table.column)} is null)`;
  }

  /** Of what is written: the organization's rows alone. */
  #predicate({ calledAs, column }: ScopedTable): SQL {
    return sql`${sql.identifier(calledAs)}.${sql.identifier(column)} = ${this.organizationId}`;
  }

  /** Types may ask for the organization in an insert; the scope's own is accepted there. */
  #isOwn(value: unknown): boolean {
    return (value instanceof Param ? value.value : value) === this.organizationId;
  }

  #checkNames(expressions: readonly Subquery[] | undefined): void {
    for (const { _ } of expressions ?? []) {
      if (this.#scopes.isTenantTable(_.alias))
        throw unscopable(`A WITH query cannot be named as the tenant table "${_.alias}".`);
    }
  }
}

/** The caller's condition goes into parentheses: an OR in it must not reach around the tenant's. */
function allOf(where: SQL | undefined, predicates: readonly SQL[]): SQL | undefined {
  if (predicates.length === 0) return where;
  const all = sql.join([...predicates], sql` and `);
  return where === undefined ? all : sql`(${where}) and ${all}`;
}

function hasOuterJoin(joins: Joins | undefined): boolean {
  return joins?.some(({ joinType }) => joinType === "right" || joinType === "full") ?? false;
}

function fixed(key: string): RowhouseError {
  return new RowhouseError(
    "ORGANIZATION_FIXED",
    `"${key}" is set by the tenant scope and never changes; leave it out, or give the organization of the scope.`,
  );
}
