import { RowhouseError } from "../errors.ts";
import { defaultRoleNames, type RoleNames } from "../settings.ts";
import { planPolicies } from "./plan-policies.ts";
import type { TableFacts } from "./table-facts.ts";

export interface PolicyScriptOptions {
  /** Tables with `organization_id uuid not null`, as `projects` or `app.projects`. */
  readonly tables: readonly string[];
  readonly roles?: RoleNames | undefined;
  /** For a database whose contexts are sealed. Default false. */
  readonly isSealed?: boolean | undefined;
}

/**
 * The canonical policies and grants for tables that have none, as `migrate` makes them. Gives the script; nothing is run.
 *
 * @throws RowhouseError INVALID_INPUT for no table
 */
export function renderPolicies({ tables, roles = defaultRoleNames, isSealed = false }: PolicyScriptOptions): string {
  if (tables.length === 0) throw new RowhouseError("INVALID_INPUT", "Policies are made for tables; none was named.");
  const plan = planPolicies({ tenant: tables.map(bare), global: [], roles, isSealed });
  return plan.map(({ sql, why }) => `-- ${why}\n${sql};\n`).join("");
}

function bare(name: string): TableFacts {
  const isolation = { enabled: false, forced: false, policies: [], looseKeys: [] };
  return { name, exists: true, isTable: true, columnType: "uuid", columnNotNull: true, ...isolation };
}
