import pg from "pg";
import { RowhouseError } from "rowhouse";
import type { Plan } from "../plan.ts";
import { findCustomerColumn } from "./find-customer-column.ts";

/** A customer and the organization that its user or team became. */
export interface CustomerClaim {
  readonly customer: string;
  readonly ownerKey: string;
  /** Null where a team is the customer. */
  readonly userKey: string | null;
  /** Null where none has been made, as with `--lazy`. */
  readonly organization: string | null;
  readonly slug: string | null;
}

/**
 * Every customer that the application knows.
 *
 * @param given `users.stripe_customer_id`
 * @throws RowhouseError INVALID_INPUT when the plan has no such table or the database no such column; UNSAFE_DATABASE before the organizations are made
 */
export async function readCustomers(db: pg.Pool, plan: Plan, given: string): Promise<readonly CustomerClaim[]> {
  const { table, column, owner, kind } = findCustomerColumn(plan, given);
  const { rows: made } = await db.query<{ found: boolean }>(
    "select pg_catalog.to_regclass('rowhouse_convert.owners') is not null as found",
  );
  if (made[0]?.found !== true)
    throw new RowhouseError(
      "UNSAFE_DATABASE",
      "There are no organizations to move customers to. Run `rowhouse convert run --until organizations` first, on this database.",
    );
  const [customer, key] = [pg.escapeIdentifier(column), pg.escapeIdentifier(owner)];
  try {
    const { rows } = await db.query<CustomerClaim>(
      `select t.customer, t.key as "ownerKey", case when $1 = 'user' then t.key end as "userKey", o.organization_id as organization, g.slug
       from (select distinct ${customer}::text as customer, ${key}::text as key from ${table} where ${customer}::text <> '') t
       left join rowhouse_convert.owners o on o.kind = $1 and o.key = t.key
       left join rowhouse.organizations g on g.id = o.organization_id
       order by t.customer, t.key`,
      [kind],
    );
    return rows;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "42703") throw error;
    throw new RowhouseError(
      "INVALID_INPUT",
      `${table} has no column ${column}. Give --stripe-customer as table.column.`,
      { cause: error },
    );
  }
}
