/** One column, as an INSERT has to know it. */
export interface Column {
  readonly name: string;
  /** As SQL writes it: `character varying(40)`, `public.mood[]`. */
  readonly type: string;
  /** What is below domains and modifiers: `character varying`, `public.mood`. */
  readonly baseType: string;
  /** What is below domains, with its modifiers: `character varying(40)`. */
  readonly plainType: string;
  /** pg_type's category letter of the base type: `S` text, `N` number, `A` array, `E` enum, … */
  readonly category: string;
  /** The base type of an array's elements. */
  readonly elementType: string | null;
  readonly elementCategory: string | null;
  readonly notNull: boolean;
  /** The system fills it, and an INSERT must not: generated always, as identity or as an expression. */
  readonly generated: boolean;
  readonly hasDefault: boolean;
  /** Its default, or what it is generated from. */
  readonly expression: string | null;
  /** Of an enum, or of the elements of an array of one. */
  readonly labels: readonly string[];
  /** The conditions of its domains, on VALUE. */
  readonly domainChecks: readonly string[];
}

export interface UniqueKey {
  readonly name: string;
  readonly primary: boolean;
  /** Empty where it is of expressions alone. */
  readonly columns: readonly string[];
  /** Of some rows only, or of expressions. */
  readonly partial: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  /** The oid of the table that it points to. */
  readonly target: string;
  readonly targetColumns: readonly string[];
  /** pg_constraint's letter: `a` no action, `r` restrict, `c` cascade, `n` set null, `d` set default. */
  readonly onDelete: string;
}

export interface CheckConstraint {
  readonly name: string;
  readonly columns: readonly string[];
  /** A condition on the table's columns. */
  readonly condition: string;
}

export type RelationKind = "table" | "partitioned table" | "view" | "materialized view" | "foreign table";

/** A table, view or the like that a person made. */
export interface Relation {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** For SQL: quoted, with its schema. */
  readonly sql: string;
  readonly kind: RelationKind;
  readonly owner: string;
  /** Tables that it is a partition or an inheriting child of. */
  readonly parents: readonly string[];
  readonly isPartition: boolean;
  readonly rowSecurity: boolean;
  readonly columns: readonly Column[];
  /** The column that says whose a row is; the organizations table's own is its key. */
  readonly tenantColumn: string | null;
  readonly uniqueKeys: readonly UniqueKey[];
  readonly foreignKeys: readonly ForeignKey[];
  /** A partition's bounds are one of them. */
  readonly checks: readonly CheckConstraint[];
  /** The oids of the relations that a view is made of, directly. */
  readonly shows: readonly string[];
  /** A view calls functions that a person made, which may show others. */
  readonly callsFunctions: boolean;
  /** What a view lets through, by itself or by triggers and rules. Empty for all else. */
  readonly writes: readonly ("insert" | "update" | "delete")[];
}

/** A function or procedure that a role that serves tenants may call and that acts as its owner. */
export interface DefinerFunction {
  readonly oid: string;
  /** `schema.name(argument types)`, quoted. */
  readonly signature: string;
  /** `schema.name`, quoted. */
  readonly sql: string;
  readonly procedure: boolean;
  /** As a call gives them. */
  readonly argumentTypes: readonly string[];
  /** How many of the last of them may be left out. */
  readonly defaults: number;
  readonly variadic: boolean;
  readonly returnsSet: boolean;
  /** Its own text and that of all that it names, of functions that a person made. Lower case. */
  readonly source: string;
  /** Some of that text cannot be read or is put together at run time. */
  readonly opaque: boolean;
  /** What that text names of tables, views and the like that a person made, as `sql` of a relation. */
  readonly names: readonly string[];
}

/** A sequence that fills a column. */
export interface OwnedSequence {
  readonly sql: string;
  /** The table's oid. */
  readonly table: string;
}

/** A trigger whose function notifies listeners. */
export interface Notifier {
  readonly table: string;
  readonly trigger: string;
  readonly source: string;
}

/** What stands in the database, read once. */
export interface Catalog {
  readonly relations: readonly Relation[];
  readonly byOid: ReadonlyMap<string, Relation>;
  readonly organizations: Relation;
  /** As {@link findTenantTables} finds them. */
  readonly tenantTables: readonly Relation[];
  readonly definerFunctions: readonly DefinerFunction[];
  readonly sequences: readonly OwnedSequence[];
  readonly notifiers: readonly Notifier[];
  /** Whether a policy asks a function that a person made. */
  readonly policiesCall: boolean;
}

/** Of all relations, the tables that hold tenants' rows: those with the tenant column, and those whose foreign keys lead to such a row. */
export function findTenantTables(relations: readonly Relation[], organizations: Relation): readonly Relation[] {
  const found = new Set([organizations.oid]);
  for (const each of relations) if (isTable(each) && each.tenantColumn !== null) found.add(each.oid);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const each of relations) if (each.foreignKeys.some(({ target }) => found.has(target))) found.add(each.oid);
  }
  return relations.filter(({ oid }) => found.has(oid));
}

/** Whether a view can show a tenant's row: one of the tables it is made of holds some, or it cannot be told. */
export function mayShowTenants(relation: Relation, catalog: Catalog): boolean {
  const tenants = new Set(catalog.tenantTables);
  const seen = new Set<string>();
  const look = (each: Relation): boolean => {
    if (tenants.has(each) || each.kind === "foreign table") return true;
    if (seen.has(each.oid)) return false;
    seen.add(each.oid);
    if (isTable(each)) return false;
    // What a view is made of and the catalog does not list is the system's.
    return each.callsFunctions || each.shows.some((oid) => look(catalog.byOid.get(oid) ?? each));
  };
  return look(relation);
}

export function isTable({ kind }: Relation): boolean {
  return kind === "table" || kind === "partitioned table";
}
