import { name, text } from "../phases/names.ts";
import type { Derivation, Plan } from "../plan.ts";

/** How to find a row's organization without looking at the new column: joins, and an expression over them. */
export interface OrganizationOfRow {
  readonly joins: string;
  readonly expression: string;
}

interface Way {
  readonly plan: Plan;
  readonly joins: string[];
  /** Tables on the way from the row, so that a circle ends. */
  readonly passed: readonly string[];
}

/**
 * The organization that the old application's own columns give the rows `row` of `table`, for many rows at once. It follows parents to
 * the user or team at the end of the way, as nothing that the conversion wrote can be trusted to judge the conversion. Only where the
 * way comes back to a table that it passed, the parent's organization is taken as it stands; that parent is judged as a row of its own.
 */
export function organizationOfRow(plan: Plan, table: string, row: string): OrganizationOfRow {
  const derive = plan.tables.find((each) => each.table === table)?.derive ?? null;
  const joins: string[] = [];
  const expression = derive === null ? "null::uuid" : follow(derive, row, { plan, joins, passed: [table] });
  return { joins: joins.join("\n"), expression };
}

function follow(derive: Derivation, row: string, way: Way): string {
  switch (derive.by) {
    case "user":
    case "team":
      return ownerOf(derive.by, `${row}.${name(derive.column)}`, way);
    case "parent":
      return throughRow(derive.parent, equal(row, derive.columns, derive.parentColumns), way);
    case "referrer":
      return throughRow(derive.referrer, equal(row, derive.columns, derive.referrerColumns), way);
    case "polymorphic": {
      const found = derive.cases.map(({ value, parent, parentColumn }) =>
        throughRow(
          parent,
          (alias) =>
            `${row}.${name(derive.typeColumn)}::text = ${text(value)} and ${row}.${name(derive.idColumn)}::text = ${alias}.${name(parentColumn)}::text`,
          way,
        ),
      );
      return found.length === 0 ? "null::uuid" : `coalesce(${found.join(", ")})`;
    }
    case "coalesce":
      return `coalesce(${derive.of.map((one) => follow(one, row, way)).join(", ")}, null::uuid)`;
  }
}

function equal(row: string, columns: readonly string[], others: readonly string[]): (alias: string) => string {
  return (alias) =>
    columns.map((column, at) => `${row}.${name(column)} = ${alias}.${name(others[at] ?? "")}`).join(" and ");
}

function throughRow(table: string, condition: (alias: string) => string, way: Way): string {
  const { plan, joins, passed } = way;
  const alias = `j${joins.length}`;
  joins.push(`left join ${table} ${alias} on ${condition(alias)}`);
  if (passed.includes(table)) return `${alias}.${name(plan.column)}`;
  const derive = plan.tables.find((each) => each.table === table)?.derive ?? null;
  if (derive !== null) return follow(derive, alias, { ...way, passed: [...passed, table] });
  if (table === plan.users.table) return ownerOf("user", `${alias}.${name(plan.users.key)}`, way);
  if (table === plan.teams?.table) return ownerOf("team", `${alias}.${name(plan.teams.key)}`, way);
  return "null::uuid";
}

function ownerOf(kind: "user" | "team", key: string, { joins }: Way): string {
  const alias = `o${joins.length}`;
  joins.push(`left join rowhouse_convert.owners ${alias} on ${alias}.kind = '${kind}' and ${alias}.key = ${key}::text`);
  return `${alias}.organization_id`;
}
