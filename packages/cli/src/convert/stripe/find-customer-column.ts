import { RowhouseError } from "rowhouse";
import type { Plan } from "../plan.ts";

interface CustomerColumn {
  readonly table: string;
  readonly column: string;
  /** Of the user or team, in that table. */
  readonly owner: string;
  readonly kind: "user" | "team";
}

/**
 * The users, the teams, or a table that belongs to one of them by a column, as subscriptions.
 *
 * @param given `users.stripe_customer_id`
 * @throws RowhouseError INVALID_INPUT
 */
export function findCustomerColumn(plan: Plan, given: string): CustomerColumn {
  const dot = given.lastIndexOf(".");
  const [named, column] = [given.slice(0, dot).replaceAll('"', ""), given.slice(dot + 1).replaceAll('"', "")];
  const isNamed = (table: string): boolean => [named, `public.${named}`].includes(table.replaceAll('"', ""));
  const { users, teams } = plan;
  if (dot > 0 && isNamed(users.table)) return { table: users.table, column, owner: users.key, kind: "user" };
  if (dot > 0 && teams !== null && isNamed(teams.table))
    return { table: teams.table, column, owner: teams.key, kind: "team" };
  for (const { table, derive } of dot > 0 ? plan.tables : []) {
    if (isNamed(table) && (derive?.by === "user" || derive?.by === "team"))
      return { table, column, owner: derive.column, kind: derive.by };
  }
  throw new RowhouseError(
    "INVALID_INPUT",
    `--stripe-customer was ${given}; the plan knows no such table of users, of teams, or with a column for one of them. Give it as ${users.table}.stripe_customer_id.`,
  );
}
