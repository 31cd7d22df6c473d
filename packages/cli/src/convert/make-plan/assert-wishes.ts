import type pg from "pg";
import { RowhouseError } from "rowhouse";
import type { Catalog } from "../catalog/catalog.ts";
import type { Plan } from "../plan.ts";
import { findCustomerColumn } from "../stripe/find-customer-column.ts";

/** Roles that are offered in place of one that is not there. */
const offered = 10;

/** @throws RowhouseError INVALID_INPUT where the server has no such role */
export async function assertApplicationRole(client: pg.ClientBase, role: string | undefined): Promise<void> {
  if (role === undefined) return;
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_catalog.pg_roles
     where rolname = $1 or (rolcanlogin and not rolsuper) order by rolname = $1 desc, rolname limit $2`,
    [role, offered],
  );
  if (rows[0]?.name === role) return;
  const others = rows.map(({ name }) => name).join(", ");
  throw new RowhouseError(
    "INVALID_INPUT",
    `There is no role ${shown(role)}. Give --application-role as the name of a role${others === "" ? "" : `, as one of ${others}`}.`,
  );
}

/** @throws RowhouseError INVALID_INPUT where the plan has no such table, or the table no such column */
export function assertStripeCustomer(plan: Plan, catalog: Catalog): void {
  if (plan.stripeCustomer === null) return;
  const { table, column } = findCustomerColumn(plan, shown(plan.stripeCustomer));
  const columns = catalog.byName.get(table)?.columns.map(({ name }) => name) ?? [];
  if (columns.includes(column)) return;
  throw new RowhouseError(
    "INVALID_INPUT",
    `${table} has no column ${column}. Give --stripe-customer as table.column; it has ${columns.join(", ")}.`,
  );
}

/** An address may hold a password, so it is not repeated. */
function shown(given: string): string {
  return given.includes("://") ? "(an address)" : given;
}
