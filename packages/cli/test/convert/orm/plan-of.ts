import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePlan } from "../../../src/convert/plan-file/plan-file.ts";
import type { Plan, PlannedTable } from "../../../src/convert/plan.ts";

/** A table that gets the organization by its user, unless more is said. */
export function tableOf(table: string, more: Partial<PlannedTable> = {}): PlannedTable {
  return {
    table,
    class: "tenant",
    path: [],
    derive: { by: "user", column: "user_id" },
    confidence: 1,
    reason: "its user",
    issues: [],
    internal: false,
    unowned: null,
    key: ["id"],
    rows: 0,
    bytes: 0,
    uniques: [],
    references: [],
    ...more,
  };
}

/** A plan with these tables, and these statements where a person reads them. */
export function planOf(tables: readonly PlannedTable[], statements: readonly string[] = []): Plan {
  return {
    version: 1,
    database: "shop",
    fingerprint: "f",
    anchor: "public.users.id",
    users: { table: "public.users", key: "id", keyType: "uuid", name: "name", email: "email" },
    teams: null,
    column: "organization_id",
    lazy: false,
    applicationRole: null,
    stripeCustomer: "users.stripe_customer_id",
    issues: [],
    tables,
    questions: [],
    phases: [{ name: "index", statements: statements.map((sql) => ({ sql, lock: null, estimate: "" })) }],
  };
}

/** The same in a file, as the commands take it. */
export async function writePlanOf(
  tables: readonly PlannedTable[],
  statements: readonly string[] = [],
): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "rowhouse-plan-")), "plan.yaml");
  await writePlan(file, planOf(tables, statements));
  return file;
}
